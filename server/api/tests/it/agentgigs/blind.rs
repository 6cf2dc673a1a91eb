//! Blindness: before its own verdict is in, a proofer learns nothing of the others' through any route, error or stream.

use super::everywhere::{Heard, ask};
use super::job_fixture::{JobFixture, draft};
use super::review::{Review, proofed, revise};
use crate::listen::Listening;
use crate::test_api::{Person, TestApi};
use market::Duration;
use reqwest::Method;
use serde_json::{Value, json};

/// Words that only a peer's proof contains, so that a single one proves a leak.
const SAID: [&str; 7] = ["Thornbury", "Umbershoot", "Vexillary", "wolfsbane", "Xerophyte", "Yarborough", "Zymurgist"];
/// Scores that only peers give.
const SCORES: [i64; 2] = [37, 83];

/// Creates a verdict with such a word in every text field.
fn telling(verdict: &str, score: i64) -> Value {
    json!({
        "verdict": verdict, "score": score, "summary": "Summary by Thornbury", "agent_feedback": "Feedback by Umbershoot",
        "sections": [{ "name": "Style", "score": score, "comment": "Comment by Vexillary" }],
        "revision_items": [{ "category": "wolfsbane", "description": "Item by Xerophyte", "priority": "low" }],
        "reason": "Reason given by Yarborough"
    })
}

/// A review under observation by its first two proofers. The peers' names are secrets.
struct Watched<'w> {
    review: Review<'w>,
    /// The words that a blind proofer must not hear.
    secrets: Vec<String>,
    /// A file of the work.
    file: String,
    /// The last event that each of the first two heard before the observed round.
    after: [i64; 2],
}

impl<'w> Watched<'w> {
    /// Creates a delivery with a file; nobody applied yet.
    async fn pending(app: &'w TestApi, job: Value, secrets: Vec<String>) -> Self {
        let mut fixture = JobFixture::posted_as(app, job).await;
        fixture.apply().await;
        fixture.accept().await.with(200);
        fixture.fund().await;
        let file = fixture.send_file(&fixture.worker, "upload-deliverable").await;
        fixture.deliver("The grammar is …").await.with(200);
        Self { review: Review::of(fixture), secrets, file, after: [0; 2] }
    }

    fn fixture(&self) -> &JobFixture<'w> {
        &self.review.fixture
    }

    /// Collects everything that the nth proofer can hear now.
    async fn heard_by(&self, n: usize) -> Heard {
        let other = self.review.applications.get(1).map_or("prop_none", String::as_str);
        ask(self.fixture(), &self.review.proofers[n], other, &self.file, self.after.get(n).copied().unwrap_or_default()).await
    }

    /// Collects everything that the nth can hear, and checks that it contains no secret.
    async fn blind(&self, n: usize, state: &str) -> Heard {
        let heard = self.heard_by(n).await;
        let found = heard.finds(&self.secrets);
        assert!(found.is_empty(), "{state}: {found:?}");
        heard
    }

    /// Lets one more proofer apply, whose name and ids are secrets.
    async fn peer(&mut self, name: &str) {
        self.review.join(name).await;
        let peer = self.review.proofers[self.review.proofers.len() - 1].clone();
        let ids = [peer.actor.team.0.clone(), peer.actor.member.0.clone(), peer.actor.agent.clone().expect("a worker").0];
        self.secrets.extend(ids.into_iter().chain([peer.email, name.to_owned()]).chain(self.review.applications.last().cloned()));
    }

    /// Adds the ids and texts of others' seats and proofs to the secrets, as the poster reads them.
    async fn note_secrets(&mut self, watcher: usize) {
        let own = self.review.proofers[watcher].actor.agent.clone().expect("a worker").0;
        let seen = self.review.seen_by(&self.fixture().poster).await.with(200);
        for list in ["seats", "proofs"] {
            let all = seen.body[list].as_array().expect("a list").iter();
            let others = all.filter(|one| one["agent_id"] != json!(own) && one["proofer_id"] != json!(own));
            self.secrets.extend(others.map(|one| one["id"].as_str().expect("an id").to_owned()));
        }
    }

    async fn draft(&self, n: usize, verdict: Value) {
        let path = format!("/api/jobs/{}/proofs/draft", self.fixture().job);
        self.fixture().app.ask(Method::PUT, &path).by(&self.review.proofers[n]).json(verdict).send().await.with(200);
    }

    async fn say(&self, who: &Person, words: &str) {
        self.fixture().act(who, "messages", json!({ "body": words })).await.with(201);
    }

    /// Opens the nth's stream, from now on.
    async fn stream(&self, n: usize) -> Listening {
        let mut stream = self.fixture().app.listen(&self.review.proofers[n], "").open().await;
        stream.next().await.expect("a beginning");
        stream
    }

    /// Checks that nothing came in the meantime: the next event of each stream is one for everybody.
    async fn heard_nothing(&self, streams: &mut [Listening]) {
        let job = self.fixture().app.post("/api/agent/jobs").by(&self.fixture().poster).json(draft()).send().await.with(201).text("/id");
        for stream in streams {
            let told = stream.event().await;
            assert_eq!((told.event.as_str(), &told.data["job_id"]), ("job.available", &json!(job)), "{told:?}");
        }
    }

    /// Begins to observe the round.
    async fn begins(&mut self) {
        for (n, after) in self.after.iter_mut().enumerate() {
            let stream = self.review.fixture.app.listen(&self.review.proofers[n], "?follow=false").open().await;
            *after = stream.rest().await.last().expect("a beginning").seq();
        }
    }

    fn passes(&self, span: Duration) {
        self.fixture().app.market.clock.advance(span);
    }
}

/// The watcher, and one who is never chosen.
const BOTH: [usize; 2] = [0, 1];

#[tokio::test]
async fn a_proofer_is_blind_until_the_own_verdict_is_in() {
    let app = TestApi::new().await;
    let secrets = SAID.map(str::to_owned).into_iter().chain(SCORES.map(|score| format!("\"score\":{score}")));
    let mut watched = Watched::pending(&app, proofed(3), secrets.collect()).await;
    for name in ["Watcher", "Waiter"] {
        watched.review.join(name).await;
    }
    watched.begins().await;
    let mut streams = [watched.stream(0).await, watched.stream(1).await];
    applied(&mut watched, &mut streams).await;
    accepted(&mut watched, &mut streams).await;
    funded(&mut watched, &mut streams).await;
    submitted(&mut watched).await;
    next_round(&mut watched, &mut streams).await;
    freed(&mut watched, &mut streams).await;
    app.close().await;
}

/// Others apply and are chosen.
async fn applied(watched: &mut Watched<'_>, streams: &mut [Listening; 2]) {
    let before = [watched.blind(0, "applied").await, watched.blind(1, "applied").await];
    watched.peer("Alderman").await;
    watched.peer("Bellwether").await;
    for n in BOTH {
        watched.blind(n, "applied").await.same_as(&before[n], "others applied");
    }
    watched.review.accept(&watched.review.applications[2].clone()).await.with(200);
    for n in BOTH {
        watched.blind(n, "applied").await.same_as(&before[n], "another was chosen");
    }
    watched.heard_nothing(streams).await;
}

/// One of the two is chosen, and then another.
async fn accepted(watched: &mut Watched<'_>, streams: &mut [Listening; 2]) {
    watched.review.accept(&watched.review.applications[0].clone()).await.with(200);
    assert_eq!(streams[0].event().await.event, "application.update");
    let before = watched.blind(0, "accepted").await;
    watched.review.accept(&watched.review.applications[3].clone()).await.with(200);
    watched.note_secrets(0).await;
    watched.blind(0, "accepted").await.same_as(&before, "another was chosen");
    watched.heard_nothing(&mut streams[..1]).await;
}

/// Others write, judge and talk.
async fn funded(watched: &mut Watched<'_>, streams: &mut [Listening; 2]) {
    watched.review.fund().await.with(200);
    assert_eq!(streams[0].event().await.event, "proof.assigned");
    streams[1] = watched.stream(1).await;
    let before = [watched.blind(0, "funded").await, watched.blind(1, "not chosen").await];
    for (peer, verdict, score) in [(2, "needs_revision", SCORES[0]), (3, "reject", SCORES[1])] {
        watched.passes(Duration::minutes(7));
        watched.draft(peer, telling(verdict, score)).await;
        watched.blind(0, "funded").await.same_as(&before[0], "another keeps a draft");
        watched.passes(Duration::minutes(7));
        watched.review.submit(peer, telling(verdict, score)).await.with(201);
        watched.note_secrets(0).await;
        for n in BOTH {
            watched.blind(n, "funded").await.same_as(&before[n], "another's verdict is in");
        }
        watched.say(&watched.review.proofers[peer], "Said by Zymurgist").await;
        watched.say(&watched.fixture().poster, "Zymurgist, what do you mean?").await;
        watched.say(&watched.fixture().worker, "Indeed, Zymurgist?").await;
        for n in BOTH {
            watched.blind(n, "funded").await.same_as(&before[n], "others talk about it");
        }
    }
    watched.heard_nothing(streams).await;
}

/// The own verdict is in: now everything is there, so the words above do tell.
async fn submitted(watched: &mut Watched<'_>) {
    watched.review.submit(0, revise()).await.with(201);
    let heard = watched.heard_by(0).await;
    let told: Vec<&str> = heard.finds(&watched.secrets).into_iter().map(|(_, word)| word).collect();
    let scores = SCORES.map(|score| format!("\"score\":{score}"));
    for word in SAID.iter().chain(&["Alderman", "Bellwether"]).copied().chain(scores.iter().map(String::as_str)) {
        assert!(told.contains(&word), "{word} is told after the own verdict");
    }
    assert_eq!(watched.review.status().await, "revision_requested", "decided");
    assert!(watched.blind(1, "never chosen").await.finds(&watched.secrets).is_empty());
}

/// Another round: blind again, to the rounds before it too.
async fn next_round(watched: &mut Watched<'_>, streams: &mut [Listening; 2]) {
    watched.passes(Duration::minutes(7));
    watched.begins().await;
    // The worker answers what the round before asked for, so this is no secret any more; its authors are.
    watched.secrets.retain(|secret| !["wolfsbane", "Xerophyte"].contains(&secret.as_str()));
    watched.fixture().deliver("With the tax.").await.with(200);
    streams[0] = watched.stream(0).await;
    let before = watched.blind(0, "the next round").await;
    watched.review.submit(2, telling("approve", SCORES[1])).await.with(201);
    watched.say(&watched.review.proofers[2], "Said by Zymurgist again").await;
    watched.note_secrets(0).await;
    watched.blind(0, "the next round").await.same_as(&before, "another's verdict is in");
    watched.heard_nothing(&mut streams[..1]).await;
}

/// The seat is freed, and so is what one might hear.
async fn freed(watched: &mut Watched<'_>, streams: &mut [Listening; 2]) {
    watched.fixture().app.advance(Duration::days(2)).await;
    assert_eq!(watched.review.status().await, "pending_proof", "two were silent");
    let before = watched.blind(0, "freed").await;
    for name in ["Cordwainer", "Drumlin"] {
        watched.peer(name).await;
        watched.review.accept(&watched.review.applications[watched.review.applications.len() - 1].clone()).await.with(200);
    }
    watched.blind(0, "freed").await.same_as(&before, "others took the seats");
    watched.review.fund().await.with(200);
    streams[0] = watched.stream(0).await;
    let before = watched.blind(0, "freed").await;
    watched.review.submit(4, telling("reject", SCORES[0])).await.with(201);
    watched.note_secrets(0).await;
    watched.blind(0, "freed").await.same_as(&before, "another's verdict is in");
    watched.heard_nothing(&mut streams[..1]).await;
    watched.review.submit(5, telling("approve", SCORES[0])).await.with(201);
    assert_eq!(watched.review.status().await, "approved");
    watched.blind(0, "freed, and decided").await;
}

#[tokio::test]
async fn who_breaks_a_tie_does_not_know_that_there_is_one() {
    let app = TestApi::new().await;
    let mut job = proofed(2);
    job["tie_break"] = json!(true);
    let secrets = ["\"tie_break\":true", "\"slots", "\"submitted\":"].map(str::to_owned).to_vec();
    let mut watched = Watched::pending(&app, job, secrets).await;
    for name in ["Alderman", "Bellwether"] {
        watched.peer(name).await;
        watched.review.accept(&watched.review.applications[watched.review.applications.len() - 1].clone()).await.with(200);
    }
    watched.review.fund().await.with(200);
    watched.review.submit(0, telling("approve", SCORES[0])).await.with(201);
    watched.review.submit(1, telling("reject", SCORES[1])).await.with(201);
    watched.review.join("Watcher").await;
    watched.blind(2, "applied").await;
    watched.review.accept(&watched.review.applications[2].clone()).await.with(200);
    watched.note_secrets(2).await;
    watched.blind(2, "accepted").await;
    watched.review.fund().await.with(200);
    watched.blind(2, "funded").await;
    app.close().await;
}
