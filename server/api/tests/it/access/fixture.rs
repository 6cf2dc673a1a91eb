//! All kinds of callers around one job, in one of its stages.

use super::own;
use super::stage::Stage;
use crate::agentgigs::job_fixture::{JobFixture, draft};
use crate::agentgigs::review::{Review, approve, proofed};
use crate::test_api::{Person, TestApi};
use market::deposit;
use market::role::{ADMIN, DEVELOPER, VIEWER};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::act;

/// Who asks, as the table's columns. The proofers are one whose verdict is not in, and one whose is. The last three belong to
/// the poster's team and act for it.
pub(super) const WHO: [&str; 13] = [
    "nobody",
    "stranger",
    "poster",
    "worker",
    "applicant",
    "before",
    "after",
    "admin",
    "revoked",
    "unverified",
    "team_admin",
    "developer",
    "viewer",
];

/// The callers that all jobs share.
#[derive(Clone)]
pub(super) struct AccessPeople {
    poster: Person,
    worker: Person,
    applicant: Person,
    stranger: Person,
    unverified: Person,
    admin: Person,
    /// The proofers; without a review they are strangers.
    proofers: [Person; 2],
    /// A key of the poster's that was revoked.
    revoked: String,
    /// A key of the poster's that holds.
    key_id: String,
    /// An admin, a developer and a viewer of the poster's team, with keys of it.
    colleagues: [Person; 3],
    /// A role of the poster's team, and an invitation that offers it.
    role_id: String,
    invitation_id: String,
    webhook_id: String,
}

impl AccessPeople {
    pub(super) async fn new(app: &TestApi) -> Self {
        let poster = rich(app).await;
        let (worker, applicant) = (app.agent("Bob", &["coding"]).await, app.agent("Carl", &["coding"]).await);
        let (stranger, unverified, admin) = (app.agent("Eve", &["coding"]).await, app.unverified("Una").await, app.admin("Root").await);
        let profile = json!({ "name": "Una", "specializations": ["coding"] });
        app.post("/api/agent/profile").in_person(&unverified).json(profile).send().await.with(201);
        let key = async |name: &str| {
            let draft = json!({ "name": name, "scopes": ["*"] });
            app.post("/v1/auth/api-keys").in_person(&poster).json(draft).send().await.with(201)
        };
        let (lost, kept) = (key("Lost").await, key("Kept").await);
        let path = format!("/v1/auth/api-keys/{}", lost.text("/id"));
        app.ask(Method::DELETE, &path).in_person(&poster).send().await.with(204);
        let proofers = [app.agent("Before", &["coding"]).await, app.agent("After", &["coding"]).await];
        let (revoked, key_id) = (lost.text("/key"), kept.text("/id"));
        let colleagues = [
            colleague(app, &poster, "Amy", ADMIN).await,
            colleague(app, &poster, "Dev", DEVELOPER).await,
            colleague(app, &poster, "Vic", VIEWER).await,
        ];
        let role = app.role(&poster.actor, "Reader", &["jobs:read"]).await.expect("makes a role");
        let invited = app.invite(&poster.actor, "guest@example.com", role.id.as_str()).await.expect("invites");
        // A deposit under way binds an account: nobody's is deleted while the table is made.
        let everybody = [&poster, &worker, &applicant, &stranger, &unverified, &admin, &proofers[0], &proofers[1]];
        for person in everybody.into_iter().chain(&colleagues) {
            let own = app.signed_in(&testkit::read!(app, member::show(&person.actor)).expect("a member")).await;
            app.deposit(&own, 5_000).await.expect("begins");
        }
        let (role_id, invitation_id) = (role.id.0, invited.id.0);
        let webhook = json!({ "url": "https://bot.example.com/hooks", "events": ["*"] });
        let webhook_id = app.post("/v1/webhooks").by(&poster).json(webhook).send().await.with(201).text("/id");
        Self {
            webhook_id,
            poster,
            worker,
            applicant,
            stranger,
            unverified,
            admin,
            proofers,
            revoked,
            key_id,
            colleagues,
            role_id,
            invitation_id,
        }
    }
}

/// Somebody of the poster's team in this role. The key was made before they had it: a viewer makes none.
async fn colleague(app: &TestApi, poster: &Person, name: &str, role: &str) -> Person {
    let person = app.member(name).await;
    let actor = app.join(&poster.actor, &person.actor, ADMIN).await;
    let key = act!(app, key::create(&actor, &testkit::key::draft(name, &[]))).expect("makes a key").secret;
    app.give(&poster.actor, &actor, role).await.expect("has the role");
    let actor = app.again(&actor).await.expect("is in the team");
    Person { actor, key, ..person }
}

/// Creates a poster who can fund a job for every act in the table.
async fn rich(app: &TestApi) -> Person {
    let most = app.market.rules.deposit_max;
    let poster = app.poster("Ada", most).await;
    let mut tx = app.market.begin().await.expect("begins");
    for _ in 0..4 {
        let more = testkit::people::deposit(&mut tx, &poster.actor, most.0).await.expect("starts a deposit");
        deposit::pay(&mut tx, &more.id).await.expect("pays it");
    }
    tx.commit().await.expect("commits");
    poster
}

/// A job and its people.
pub(super) struct AccessFixture<'w> {
    people: AccessPeople,
    review: Review<'w>,
    /// The application that acts on applications use.
    application: String,
    /// A file of the job: an attachment or a deliverable.
    file: String,
    dispute: String,
    /// A question on the open job.
    question: String,
    /// The newest version of the work.
    deliverable: String,
}

impl<'w> AccessFixture<'w> {
    /// Creates all callers and a job in this stage.
    pub(super) async fn at(app: &'w TestApi, people: &AccessPeople, stage: Stage) -> Self {
        let mut cast = Self::open(app, people, matches!(stage, Stage::PendingProof | Stage::Seated | Stage::InReview)).await;
        if stage == Stage::Open {
            let invited = json!({ "bot_id": cast.invited() });
            app.post(&format!("/api/tasks/{}/invite", cast.review.fixture.job)).by(&people.poster).json(invited).send().await.with(200);
            return cast;
        }
        cast.application.clone_from(&cast.review.fixture.application);
        let fixture = &cast.review.fixture;
        fixture.accept().await.with(200);
        if stage == Stage::Chosen {
            return cast;
        }
        fixture.by_poster("fund-escrow", json!({})).await.with(200);
        cast.file = fixture.send_file(&people.worker, "upload-deliverable").await;
        if matches!(stage, Stage::Disputed | Stage::Completed) {
            cast.dispute = fixture.by_worker("dispute", json!({ "statement": "Nobody answers my questions." })).await.with(201).text("/id");
        }
        match stage {
            Stage::Delivered => {
                fixture.deliver("The grammar is …").await.with(200);
                let path = format!("/api/deliverables?task_id={}", fixture.job);
                cast.deliverable = app.get(&path).by(&people.poster).send().await.with(200).text("/deliverables/0/id");
            }
            Stage::PendingProof | Stage::Seated | Stage::InReview => {
                fixture.deliver("The grammar is …").await.with(200);
                cast.review_begins(stage).await;
            }
            Stage::Completed => {
                let ruling = json!({ "ruling": "release", "reason": "The work is there." });
                let path = format!("/api/disputes/{}/resolve", cast.dispute);
                app.post(&path).by(&people.admin).json(ruling).send().await.with(200);
            }
            _ => {}
        }
        cast
    }

    /// Creates a job with two applications; other callers agreed to its NDA and did nothing else.
    async fn open(app: &'w TestApi, people: &AccessPeople, proofs: bool) -> Self {
        let (poster, worker) = (people.poster.clone(), people.worker.clone());
        let job =
            app.post("/api/agent/jobs").by(&poster).json(if proofs { proofed(3) } else { draft() }).send().await.with(201).text("/id");
        let mut fixture = JobFixture { app, poster, worker, job, application: String::new() };
        for person in [&people.applicant, &people.stranger] {
            fixture.act(person, "nda", json!({})).await.with(200);
        }
        let application = fixture.act(&people.applicant, "apply", json!({ "proposed_price": 46_000 })).await.with(201).text("/id");
        fixture.apply().await;
        let file = fixture.send_file(&people.poster, "attachments").await;
        let question = fixture.act(&people.applicant, "questions", json!({ "body": "Net or gross?" })).await.with(201).text("/id");
        let mut review = Review::of(fixture);
        review.proofers = people.proofers.to_vec();
        Self { people: people.clone(), review, application, file, dispute: "dsp_none".into(), question, deliverable: "dlv_none".into() }
    }

    /// Fills three seats with proofers whom nobody here ever paid. The third never judges.
    async fn review_begins(&mut self, stage: Stage) {
        let review = &mut self.review;
        review.proofers.clear();
        for name in ["Before", "After", "Third"] {
            review.join(name).await;
        }
        self.application.clone_from(&review.applications[0]);
        if stage == Stage::PendingProof {
            return;
        }
        for application in &review.applications {
            review.accept(application).await.with(200);
        }
        if stage == Stage::InReview {
            review.fund().await.with(200);
            review.submit(1, approve()).await.with(201);
        }
    }

    pub(super) fn app(&self) -> &'w TestApi {
        self.review.fixture.app
    }

    fn person(&self, who: &str) -> Option<&Person> {
        Some(match who {
            "stranger" => &self.people.stranger,
            "poster" => &self.people.poster,
            "worker" => &self.people.worker,
            "applicant" => &self.people.applicant,
            "before" => &self.review.proofers[0],
            "after" => &self.review.proofers[1],
            "admin" => &self.people.admin,
            "unverified" => &self.people.unverified,
            "team_admin" => &self.people.colleagues[0],
            "developer" => &self.people.colleagues[1],
            "viewer" => &self.people.colleagues[2],
            _ => return None,
        })
    }

    /// Returns the caller's credential as headers: the key, or the token where no key is accepted, with the team acted for.
    pub(super) fn credential(&self, who: &str, in_person: bool) -> Vec<(&'static str, String)> {
        match self.person(who) {
            Some(person) if in_person => {
                vec![("authorization", format!("Bearer {}", person.token)), ("x-team-id", person.actor.team.to_string())]
            }
            Some(person) => vec![("x-api-key", person.key.clone())],
            None if who == "revoked" => vec![("x-api-key", self.people.revoked.clone())],
            None => Vec::new(),
        }
    }

    /// Fills a route's template with ids. A new kind of id must be added here.
    pub(super) fn path(&self, method: &Method, template: &str) -> String {
        let query = match template {
            "/api/agent/events" | "/api/feed/stream" => "?follow=false".into(),
            "/api/deliverables" | "/api/proposals" if method == Method::GET => format!("?task_id={}", self.review.fixture.job),
            "/api/jobs/{id}/download" | "/api/jobs/{id}/files" => format!("?file={}", self.file),
            _ => String::new(),
        };
        let Some((before, after)) = template.split_once("{id}") else { return format!("{template}{query}") };
        let id = match before {
            "/api/jobs/" | "/api/agent/jobs/" | "/api/tasks/" => &self.review.fixture.job,
            "/api/proposals/" => &self.application,
            "/api/deliverables/" => &self.deliverable,
            "/api/bot-profiles/" if method == Method::DELETE => "agent_none",
            "/api/bot-profiles/" | "/api/bots/" => self.people.worker.actor.agent.as_ref().expect("a bot").as_str(),
            "/api/upload/" => self.file.rsplit('/').next().expect("an id"),
            "/v1/auth/api-keys/" => &self.people.key_id,
            "/api/disputes/" => &self.dispute,
            "/api/wallet/deposit/" => "cs_none",
            "/api/wallet/payouts/" => "po_none",
            "/api/approvals/" => "apr_none",
            "/api/safety/cases/" => "case_none",
            // One caller after the other: a webhook that is gone tells the next one nothing.
            "/v1/webhooks/" if method == Method::DELETE => "wh_none",
            "/v1/webhooks/" => &self.people.webhook_id,
            "/v1/access/roles/" => &self.people.role_id,
            "/v1/access/team/members/" => &self.people.invitation_id,
            // A link without its signature belongs to nobody.
            "/files/" => "file_none",
            "/exports/" => "exp_none",
            _ => panic!("{template}: an id of what?"),
        };
        let after = after
            .replace("{application_id}", &self.application)
            .replace("{question_id}", &self.question)
            .replace("{delivery_id}", "msg_none");
        format!("{before}{id}{after}{query}")
    }

    /// Fills a body of the document with the ids of this job.
    pub(super) fn filled(&self, body: &Value) -> Value {
        let mut body = own(body, &self.review.fixture.job, &self.application, &self.deliverable);
        if body.get("bot_id").is_some() {
            body["bot_id"] = json!(self.invited());
        }
        body
    }

    /// Returns the agent that is invited to an open job: the stranger's.
    fn invited(&self) -> &str {
        self.people.stranger.actor.agent.as_ref().expect("a bot").as_str()
    }
}
