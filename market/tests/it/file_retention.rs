//! Files after their job.

use market::Duration;
use market::file::{Kind, ReceivedFile};
use testkit::job::JobFixture;
use testkit::{act, both, read};

both! {
    async fn files_outlive_their_job_a_while_and_then_leave_room(app) {
        let fixture = JobFixture::open(app).await;
        let sent = act!(app, file::begin(&fixture.poster, &fixture.job.id, Kind::Attachment, "samples.csv", "text/csv")).unwrap();
        let arrived = ReceivedFile { size: 9, sha256: "0".repeat(64) };
        act!(app, file::finish(&fixture.poster, &sent.id, &arrived)).unwrap();
        act!(app, job::cancel(&fixture.poster, &fixture.job.id, None)).unwrap();
        app.advance(Duration::days(89)).await;
        assert_eq!(act!(app, file::condemn()).unwrap(), 0);
        assert_eq!(read!(app, file::storage_usage(&fixture.poster)).unwrap().used, 9);
        assert_eq!(read!(app, file::total()).unwrap(), 9, "of all teams");
        app.advance(Duration::days(1)).await;
        assert_eq!(act!(app, file::condemn()).unwrap(), 1);
        assert_eq!(read!(app, file::discarded()).unwrap()[0].id, sent.id);
        assert_eq!(read!(app, file::storage_usage(&fixture.poster)).unwrap().used, 0);
        assert_eq!(read!(app, file::total()).unwrap(), 9, "its bytes are still there");
    }
}
