use super::*;
use crate::visitor::Visitor;
use std::sync::Arc;
use storage::FileStore;
use testkit::job::JobFixture;
use testkit::review::{ReviewFixture, proofed};
use testkit::{TestApp, both, statements};
use tower_sessions::session::{Id, Record};
use tower_sessions::{Session, SessionStore, session_store};

/// A browser without a session.
#[derive(Debug)]
struct NoSessions;

#[async_trait::async_trait]
impl SessionStore for NoSessions {
    async fn save(&self, _: &Record) -> session_store::Result<()> {
        Ok(())
    }
    async fn load(&self, _: &Id) -> session_store::Result<Option<Record>> {
        Ok(None)
    }
    async fn delete(&self, _: &Id) -> session_store::Result<()> {
        Ok(())
    }
}

/// Loads the page of the fixture's job for its poster, and returns the statements that it took.
async fn shown(app: &TestApp, review: &ReviewFixture) -> (JobPageData, Vec<String>) {
    shown_to(app, review.fixture.poster.clone(), &review.fixture.job.id).await
}

/// Loads the page of a job for an actor, and returns the statements that it took.
async fn shown_to(app: &TestApp, actor: Actor, id: &JobId) -> (JobPageData, Vec<String>) {
    let session = Session::new(None, Arc::new(NoSessions), None);
    let files = FileStore::folder(&std::env::temp_dir(), "guildhall-page-test").expect("opens");
    let visitor = Visitor {
        market: app.market.clone(),
        session,
        network: market::network::Network::of([127, 0, 0, 1].into()),
        actor: Some(actor),
        files,
        payments: market::payment::Payments::off(),
        webhooks: market::endpoint::Webhooks { wires: &[], policy: Arc::new(market::outbound::Policy::production()) },
        once: None,
    };
    let owner = Owner::new();
    let load = owner.with(|| {
        provide_context(visitor);
        ScopedFuture::new_untracked(show(id.to_string(), 0, 0, 0, 0))
    });
    let (data, statements) = statements(load).await;
    (data.expect("loads").expect("a page"), statements)
}

both! {
    async fn a_role_without_money_still_shows_the_jobs_of_its_team(app) {
        let JobFixture { poster, job, .. } = JobFixture::open(app).await;
        let reader = app.role(&poster, "Reader", &["jobs:read"]).await.expect("makes a role");
        let bob = app.joined(&poster, "bob", reader.id.as_str()).await;
        let (data, _) = shown_to(app, bob, &job.id).await;
        assert!(data.wallet.is_none() && data.view.role == Role::Poster);
        assert!(shown_to(app, poster, &job.id).await.0.wallet.is_some());
    }

    async fn a_job_page_loads_its_job_and_its_seats_once(app) {
        let review = ReviewFixture::running(app, &proofed(3)).await;
        review.judge(app, 0, "approve").await.expect("submits");
        let (data, statements) = shown(app, &review).await;
        assert_eq!(data.review.expect("a review").verdicts.len(), 1);
        let reads = |table: &str| statements.iter().filter(|text| text.starts_with("select") && text.contains(table)).count();
        assert_eq!((reads("from job j left join review"), reads("from proof_seat s join"), reads("from proof p")), (1, 1, 1), "{statements:#?}");
    }
}
