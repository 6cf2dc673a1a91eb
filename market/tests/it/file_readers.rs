//! Readers of a job's attachments, before and after a worker was chosen.

use market::application::NewApplication;
use market::file::{File, Kind, ReceivedFile};
use market::id::JobId;
use market::{Actor, Paging, Result};
use testkit::job::JobFixture;
use testkit::review::{ReviewFixture, proofed};
use testkit::{TestApp, act, both, look};

/// Attaches a file to the brief.
async fn attach(app: &TestApp, poster: &Actor, job: &JobId) -> Result<File> {
    let sent = act!(app, file::begin(poster, job, Kind::Attachment, "samples.csv", "text/csv"))?;
    act!(app, file::finish(poster, &sent.id, &ReceivedFile { size: 7, sha256: "0".repeat(64) }))
}

async fn files_of(app: &TestApp, actor: &Actor, job: &JobId) -> Result<Vec<File>> {
    Ok(look!(app, file::attachments(actor, job, Paging::first(10)))?.items)
}

fn code<T: std::fmt::Debug>(result: Result<T>) -> String {
    result.unwrap_err().code.into_owned()
}

both! {
    async fn what_is_added_after_the_choice_is_for_the_chosen(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let (id, poster) = (&fixture.job.id, &fixture.poster);
        let public = attach(app, poster, id).await.unwrap();
        let other = app.agent("other", &["coding"]).await;
        act!(app, nda::agree(&other, id)).unwrap();
        act!(app, application::apply(&other, id, &NewApplication::default())).unwrap();
        act!(app, job::accept(poster, id, &application)).unwrap();
        let secret = attach(app, poster, id).await.unwrap();
        assert_eq!((public.for_chosen, secret.for_chosen), (false, true));
        for chosen in [poster, &fixture.worker] {
            assert_eq!(files_of(app, chosen, id).await.unwrap(), [public.clone(), secret.clone()]);
            look!(app, file::by_path(chosen, id, &secret.path())).expect("reads it");
        }
        assert_eq!(files_of(app, &other, id).await.unwrap(), std::slice::from_ref(&public), "still waiting, and not chosen");
        assert_eq!(code(look!(app, file::by_path(&other, id, &secret.path()))), "not_found");
        act!(app, job::fund(poster, id, None)).unwrap();
        assert_eq!(code(files_of(app, &other, id).await), "not_found", "declined, and the job is not listed");
        assert_eq!(code(look!(app, file::by_path(&other, id, &public.path()))), "not_found");
    }

    async fn whoever_comes_while_proofers_are_sought_reads_the_brief_alone(app) {
        let review = ReviewFixture::pending(app, &proofed(1), 1).await;
        let sent = attach(app, &review.fixture.poster, review.id()).await;
        assert_eq!(code(sent), "wrong_status", "the work is handed in");
        let stranger = app.agent("stranger", &["coding"]).await;
        act!(app, nda::agree(&stranger, review.id())).unwrap();
        assert!(look!(app, file::attachments(&stranger, review.id(), Paging::first(5))).unwrap().items.is_empty());
    }
}
