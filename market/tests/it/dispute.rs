//! Disputes: who may open, answer, show, take back and rule, and where the money goes.

use crate::message::audience;
use market::actor::Role;
use market::dispute::{Case, Decision, Dispute, EVIDENCE_MAX, Judge, NewEvidence, OPENED_MAX, Statement, Status as Standing};
use market::file;
use market::job::{Escrow, Outcome, Ruling, Status};
use market::party::Party;
use market::{Actor, Duration, Error, Kind, Money, Paging, Result, notification};
use testkit::dispute::says;
use testkit::job::{JobFixture, delivery, draft};
use testkit::review::{ReviewFixture, proofed};
use testkit::{TestApp, act, both, look, read};

fn shows(text: &str) -> NewEvidence {
    NewEvidence { text: text.into(), file_id: None }
}

fn code(error: Error) -> String {
    error.code.into_owned()
}

async fn admin(app: &TestApp) -> Actor {
    Actor { role: Role::Admin, ..app.member("judge").await }
}

async fn rule(app: &TestApp, judge: &Actor, case: &Case, ruling: &str, worker_share: Option<i64>) -> Result<Case> {
    let decision = Decision { ruling: ruling.into(), worker_share, reason: "As the brief says in line 3.".into() };
    act!(app, dispute::resolve(judge, &case.dispute.id, &decision))
}

both! {
    async fn a_dispute_is_heard_and_split(app) {
        let fixture = JobFixture::delivered(app).await;
        let statement = Statement { evidence: vec![shows("Line 3 of the brief.")], ..says("Half of it is missing.") };
        let opened = act!(app, dispute::open(&fixture.poster, &fixture.job.id, &statement)).unwrap();
        let Dispute { side, came_from, status, due_at, price, .. } = opened.dispute.clone();
        assert_eq!((side, came_from, status, price), (Party::Poster, Status::Delivered, Standing::Open, Money(40_000)));
        assert_eq!(due_at, app.now().after(app.market.rules.ruling_window));
        assert_eq!((opened.viewer, opened.may_answer, opened.may_add, opened.may_withdraw, opened.may_rule), (Some(Party::Poster), false, true, true, false));
        let job = fixture.look(app).await;
        assert_eq!((job.status, job.escrow, job.disputed_at, job.due_at), (Status::Disputed, Escrow::Held, Some(app.now()), Some(due_at)));
        assert_eq!(look!(app, job::preview(Some(&fixture.worker), &job.id)).unwrap().next_move.otherwise, Some(Outcome::Rule));

        let seen = fixture.case(app, &fixture.worker).await.unwrap();
        assert_eq!((seen.viewer, seen.may_answer, seen.may_withdraw), (Some(Party::Worker), true, false));
        let answered = fixture.answer(app, &fixture.worker).await.unwrap();
        assert_eq!((answered.dispute.answer.as_deref(), answered.may_answer), (Some("It says just that, in line 3."), false));
        act!(app, dispute::add_evidence(&fixture.worker, &job.id, &shows("My log of the day."))).unwrap();

        let judge = admin(app).await;
        let case = fixture.case(app, &judge).await.unwrap();
        assert_eq!((case.viewer, case.may_rule, case.evidence.iter().map(|item| item.side).collect::<Vec<_>>()), (None, true, vec![Party::Poster, Party::Worker]));
        let waiting = read!(app, dispute::list(&judge, Standing::Open, Paging::first(5))).unwrap();
        assert_eq!((waiting.total, &waiting.items[0]), (1, &case.dispute));

        let ruled = rule(app, &judge, &case, "split", Some(15_001)).await.unwrap();
        assert_eq!((ruled.dispute.status, ruled.dispute.ruling, ruled.dispute.ruled_by), (Standing::Resolved, Some(Ruling::Split { worker: Money(15_001) }), Some(Judge::Admin)));
        let job = fixture.look(app).await;
        assert_eq!((job.status, job.escrow, job.disputed_at, job.due_at), (Status::Completed, Escrow::Split, None, None));
        // 15,001 to the worker, 5 % of that (750) to the operator, and the rest of 42,000 back.
        assert_eq!(fixture.available(app).await, (Money(58_000 + 42_000 - 15_001 - 750), Money(15_001)));
        for who in [&fixture.poster, &fixture.worker] {
            let lines = read!(app, wallet::transactions(who, Paging::first(1))).unwrap();
            assert_eq!(lines.items[0].reason, market::ledger::Reason::Split);
        }
        assert_eq!(read!(app, dispute::list(&judge, Standing::Open, Paging::first(5))).unwrap().total, 0);
        fixture.rate(app, &fixture.worker, 3).await.expect("a split job is completed");
    }

    async fn a_ruling_for_one_side_pays_as_always(app) {
        let judge = admin(app).await;
        for (ruling, status, escrow, poster, worker) in [
            ("release", Status::Completed, Escrow::Released, Money(58_000), Money(40_000)),
            ("refund", Status::Cancelled, Escrow::Refunded, Money(100_000), Money::ZERO),
        ] {
            let fixture = JobFixture::rejected(app).await;
            let case = fixture.dispute(app, &fixture.worker).await.unwrap();
            rule(app, &judge, &case, ruling, None).await.unwrap();
            let job = fixture.look(app).await;
            assert_eq!((job.status, job.escrow), (status, escrow));
            assert_eq!(fixture.available(app).await, (poster, worker));
            let error = rule(app, &judge, &case, "release", None).await.unwrap_err();
            assert_eq!((error.kind, error.code.as_ref()), (Kind::Conflict, "dispute_closed"));
            app.advance(Duration::days(31)).await;
            assert_eq!(fixture.available(app).await, (poster, worker), "for good");
        }
    }

    async fn it_can_be_opened_while_the_money_is_held(app) {
        let (applied, _) = JobFixture::applied(app).await;
        let accepted = JobFixture::accepted(app).await;
        let completed = JobFixture::completed(app).await;
        for fixture in [&applied, &accepted, &completed] {
            assert_eq!(code(fixture.dispute(app, &fixture.poster).await.unwrap_err()), "wrong_status");
        }
        let revised = JobFixture::delivered(app).await;
        act!(app, job::request_revision(&revised.poster, &revised.job.id, "Keep the unknown fields.")).unwrap();
        for fixture in [JobFixture::funded(app).await, JobFixture::delivered(app).await, revised, JobFixture::approved(app).await, JobFixture::rejected(app).await] {
            let case = fixture.dispute(app, &fixture.worker).await.unwrap();
            assert_eq!(case.dispute.status, Standing::Open);
            assert_eq!(code(fixture.dispute(app, &fixture.poster).await.unwrap_err()), "dispute_open");
            assert_eq!(fixture.look(app).await.status, Status::Disputed);
        }
    }

    async fn proofers_have_their_say_first(app) {
        let review = ReviewFixture::pending(app, &proofed(1), 0).await;
        let error = review.fixture.dispute(app, &review.fixture.worker).await.unwrap_err();
        assert_eq!((error.kind, error.code.as_ref()), (Kind::Conflict, "review_first"));
        let review = ReviewFixture::running(app, &proofed(1)).await;
        assert_eq!(code(review.fixture.dispute(app, &review.fixture.poster).await.unwrap_err()), "review_first");
        review.judge(app, 0, "reject").await.unwrap();
        review.fixture.dispute(app, &review.fixture.worker).await.unwrap();
        assert_eq!(review.fixture.case(app, &review.proofers[0]).await.unwrap_err().kind, Kind::NotFound, "no proofer's business");
    }

    async fn rejecting_what_the_proofers_approved_opens_one(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "approve").await.unwrap();
        let job = review.fixture.reject(app).await.unwrap();
        assert_eq!((job.status, job.disputed_at), (Status::Disputed, Some(app.now())));
        let case = review.fixture.case(app, &review.fixture.worker).await.unwrap();
        assert_eq!((case.dispute.side, case.dispute.by_rejection, case.may_answer), (Party::Poster, true, true));
        assert!(case.dispute.statement.contains("Half of the fixtures are missing."), "{}", case.dispute.statement);
        app.advance(app.market.rules.ruling_window).await;
        let job = review.fixture.look(app).await;
        assert_eq!((job.status, job.escrow), (Status::Completed, Escrow::Released), "the proofers have answered for the worker");
    }

    async fn without_a_ruling_the_default_holds(app) {
        let window = app.market.rules.ruling_window;
        let by = async |fixture: &JobFixture, who: &Actor, answers: bool| {
            fixture.dispute(app, who).await.unwrap();
            let other = if who.team == fixture.poster.team { &fixture.worker } else { &fixture.poster };
            if answers {
                fixture.answer(app, other).await.unwrap();
            }
            app.advance(Duration::ms(window.as_ms() - 1)).await;
            assert_eq!(fixture.look(app).await.status, Status::Disputed);
            app.advance(Duration::ms(1)).await;
            let case = fixture.case(app, who).await.unwrap();
            assert_eq!((case.dispute.status, case.dispute.ruled_by), (Standing::Resolved, Some(Judge::Timer)));
            assert!(case.dispute.reason.unwrap().starts_with("Nobody ruled in time"));
            case.dispute.ruling.unwrap()
        };
        let delivered = async || JobFixture::delivered(app).await;
        let fixture = delivered().await;
        assert_eq!(by(&fixture, &fixture.worker, false).await, Ruling::Release);
        let fixture = delivered().await;
        assert_eq!(by(&fixture, &fixture.poster, false).await, Ruling::Refund);
        let fixture = delivered().await;
        assert_eq!(by(&fixture, &fixture.poster, true).await, Ruling::Split { worker: Money(20_000) });
        let fixture = JobFixture::funded(app).await;
        assert_eq!(by(&fixture, &fixture.worker, true).await, Ruling::Refund, "nothing was handed in");
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "reject").await.unwrap();
        assert_eq!(by(&review.fixture, &review.fixture.worker, true).await, Ruling::Refund);
    }

    async fn whoever_opened_it_can_take_it_back(app) {
        let fixture = JobFixture::funded(app).await;
        fixture.dispute(app, &fixture.poster).await.unwrap();
        assert_eq!(code(fixture.withdraw(app, &fixture.worker).await.unwrap_err()), "not_opener");
        let job = fixture.withdraw(app, &fixture.poster).await.unwrap();
        assert_eq!((job.status, job.disputed_at), (Status::InProgress, None));
        assert_eq!(fixture.case(app, &fixture.poster).await.unwrap().dispute.status, Standing::Withdrawn);
        assert_eq!(code(fixture.withdraw(app, &fixture.poster).await.unwrap_err()), "no_dispute");
        act!(app, job::deliver(&fixture.worker, &fixture.job.id, &delivery())).expect("the worker goes on");

        let gives_in = async |fixture: &JobFixture, who: &Actor| {
            fixture.dispute(app, who).await.unwrap();
            fixture.withdraw(app, who).await.unwrap().status
        };
        let fixture = JobFixture::delivered(app).await;
        assert_eq!(gives_in(&fixture, &fixture.worker).await, Status::Delivered, "the poster still judges");
        assert_eq!(gives_in(&fixture, &fixture.poster).await, Status::Releasing, "a poster who gives in approves");
        assert_eq!(gives_in(&fixture, &fixture.worker).await, Status::Releasing, "and is bound by it");
        app.advance(app.market.rules.release_delay).await;
        assert_eq!(fixture.available(app).await, (Money(58_000), Money(40_000)));

        let fixture = JobFixture::rejected(app).await;
        assert_eq!(gives_in(&fixture, &fixture.poster).await, Status::Rejected, "the rejection waits again");
        assert_eq!(fixture.look(app).await.due_at, Some(app.now().after(app.market.rules.dispute_window)));
        assert_eq!(gives_in(&fixture, &fixture.worker).await, Status::Cancelled, "a worker who gives in accepts it");
        assert_eq!(fixture.available(app).await, (Money(100_000), Money::ZERO));

        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "approve").await.unwrap();
        assert_eq!(gives_in(&review.fixture, &review.fixture.worker).await, Status::Approved, "the poster still has to say so");
        assert_eq!(gives_in(&review.fixture, &review.fixture.poster).await, Status::Releasing);
    }

    async fn nobody_stalls_for_ever(app) {
        let fixture = JobFixture::funded(app).await;
        for _ in 0..OPENED_MAX {
            fixture.dispute(app, &fixture.poster).await.unwrap();
            fixture.withdraw(app, &fixture.poster).await.unwrap();
        }
        assert_eq!(code(fixture.dispute(app, &fixture.poster).await.unwrap_err()), "disputes_used_up");
        fixture.dispute(app, &fixture.worker).await.expect("the other side has its own");
    }

    async fn approving_ends_it(app) {
        let fixture = JobFixture::rejected(app).await;
        fixture.dispute(app, &fixture.worker).await.unwrap();
        let job = act!(app, job::approve(&fixture.poster, &fixture.job.id)).unwrap();
        assert_eq!((job.status, job.disputed_at), (Status::Releasing, None));
        assert_eq!(fixture.case(app, &fixture.worker).await.unwrap().dispute.status, Standing::Conceded);
        app.advance(app.market.rules.release_delay).await;
        assert_eq!(fixture.available(app).await, (Money(58_000), Money(40_000)));
    }

    async fn each_side_answers_once_and_shows_so_much(app) {
        let fixture = JobFixture::delivered(app).await;
        assert_eq!(code(fixture.answer(app, &fixture.worker).await.unwrap_err()), "no_dispute");
        fixture.dispute(app, &fixture.worker).await.unwrap();
        assert_eq!(code(fixture.answer(app, &fixture.worker).await.unwrap_err()), "own_dispute");
        fixture.answer(app, &fixture.poster).await.unwrap();
        assert_eq!(code(fixture.answer(app, &fixture.poster).await.unwrap_err()), "already_answered");
        let show = async |who: &Actor, exhibit: &NewEvidence| act!(app, dispute::add_evidence(who, &fixture.job.id, exhibit));
        for n in 0..EVIDENCE_MAX {
            let shown = show(&fixture.worker, &shows(&format!("Item {n}"))).await.unwrap();
            assert_eq!((shown.side, shown.body), (Party::Worker, format!("Item {n}")));
        }
        assert_eq!(code(show(&fixture.worker, &shows("One more")).await.unwrap_err()), "evidence_used_up");
        show(&fixture.poster, &shows("Mine")).await.expect("each side has its own");
        let case = fixture.case(app, &fixture.worker).await.unwrap();
        assert_eq!((case.may_add, case.evidence.len(), case.evidence[1].body.as_str()), (false, EVIDENCE_MAX + 1, "Item 1"));
        let elsewhere = NewEvidence { text: String::new(), file_id: Some("file_elsewhere".into()) };
        assert_eq!(show(&fixture.poster, &elsewhere).await.unwrap_err().kind, Kind::NotFound);
        assert_eq!(show(&fixture.poster, &shows("")).await.unwrap_err().fields[0].name, "text");
    }

    async fn strangers_hear_of_nothing(app) {
        let fixture = JobFixture::delivered(app).await;
        let stranger = app.agent("stranger", &["coding"]).await;
        assert_eq!(fixture.case(app, &fixture.poster).await.unwrap_err().kind, Kind::NotFound, "there is none yet");
        fixture.dispute(app, &fixture.poster).await.unwrap();
        assert_eq!(audience(app, fixture.job.id.as_str()).await, [fixture.poster.team.clone(), fixture.worker.team.clone()].into());
        let kinds = [
            fixture.case(app, &stranger).await.unwrap_err().kind,
            fixture.dispute(app, &stranger).await.unwrap_err().kind,
            fixture.answer(app, &stranger).await.unwrap_err().kind,
            fixture.withdraw(app, &stranger).await.unwrap_err().kind,
            act!(app, dispute::add_evidence(&stranger, &fixture.job.id, &shows("Hello"))).unwrap_err().kind,
        ];
        assert_eq!(kinds, [Kind::NotFound; 5]);
        let judge = admin(app).await;
        assert_eq!(act!(app, dispute::answer(&judge, &fixture.job.id, &says("I am no side of it."))).unwrap_err().kind, Kind::NotFound);
    }

    async fn whoever_rules_reads_what_the_sides_read_until_then(app) {
        let fixture = JobFixture::funded(app).await;
        let id = &fixture.job.id;
        let file = act!(app, file::begin(&fixture.worker, id, file::Kind::Deliverable, "log.txt", "text/plain")).unwrap();
        let arrived = file::ReceivedFile { size: 7, sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".into() };
        act!(app, file::finish(&fixture.worker, &file.id, &arrived)).unwrap();
        let exhibit = NewEvidence { text: String::new(), file_id: Some(file.id.to_string()) };
        let statement = Statement { evidence: vec![exhibit], ..says("The log says when it broke.") };
        assert_eq!(act!(app, dispute::open(&fixture.worker, id, &statement)).unwrap_err().fields[0].name, "file_id", "it was never handed in");
        act!(app, job::deliver(&fixture.worker, id, &delivery())).unwrap();
        act!(app, message::send(&fixture.worker, id, "It broke at noon.")).unwrap();

        let judge = admin(app).await;
        let reads = async || {
            let (file, said) = (look!(app, file::by_path(&judge, id, file.id.as_str())), look!(app, message::list(&judge, id, Paging::first(5))));
            (file.is_ok(), said.map(|page| page.total).unwrap_or_default())
        };
        assert_eq!(reads().await, (false, 0), "not without a dispute");
        let case = act!(app, dispute::open(&fixture.worker, id, &statement)).unwrap();
        assert_eq!((&case.matter, case.evidence[0].file_id.as_deref()), (&None, Some(file.id.as_str())));
        assert_eq!(reads().await, (true, 1));
        let matter = fixture.case(app, &judge).await.unwrap().matter.expect("what it is about");
        assert_eq!((matter.description.as_str(), matter.deliverables.len()), (draft().description.as_str(), 1));
        assert_eq!(matter.deliverables[0].files[0].id, file.id);
        assert_eq!(act!(app, message::send(&judge, id, "Calm down.")).unwrap_err().kind, Kind::NotFound, "it listens only");
        let ruled = rule(app, &judge, &case, "release", None).await.unwrap();
        assert_eq!((ruled.matter, reads().await), (None, (true, 0)), "what was shown can be looked at again, and nothing else");
    }

    async fn admins_of_neither_side_are_told(app) {
        let fixture = JobFixture::delivered(app).await;
        let (judge, other) = (app.member("judge").await, app.member("other").await);
        for who in [&other, &fixture.poster] {
            let email = read!(app, member::show(who)).unwrap().email;
            act!(app, member::promote(&email)).unwrap();
        }
        let disputes = async |who| {
            app.notify().await;
            let all = read!(app, notification::list(who, Paging::first(100))).unwrap().items;
            all.into_iter().filter(|told| told.place == notification::Place::Disputes).collect::<Vec<_>>()
        };
        let case = fixture.dispute(app, &fixture.worker).await.unwrap();
        assert_eq!(disputes(&other).await, [], "the other side answers first");
        act!(app, dispute::answer(&fixture.poster, &fixture.job.id, &says("It is as agreed."))).unwrap();
        let told = disputes(&other).await;
        assert_eq!(told.iter().map(|told| told.due_at).collect::<Vec<_>>(), [Some(case.dispute.due_at)]);
        assert!(!told[0].body.contains("The brief says otherwise."), "what is said is read there alone");
        assert_eq!((disputes(&fixture.poster).await, disputes(&judge).await), (vec![], vec![]), "neither a side nor a member rules");

    }

    async fn only_an_admin_of_neither_side_rules(app) {
        let fixture = JobFixture::delivered(app).await;
        let case = fixture.dispute(app, &fixture.poster).await.unwrap();
        let judge = admin(app).await;
        assert_eq!(code(rule(app, &fixture.worker, &case, "release", None).await.unwrap_err()), "admin_required");
        assert_eq!(code(read!(app, dispute::list(&fixture.worker, Standing::Open, Paging::first(5))).unwrap_err()), "admin_required");
        let partial = Actor { role: Role::Admin, ..fixture.worker.clone() };
        assert_eq!(code(rule(app, &partial, &case, "release", None).await.unwrap_err()), "own_dispute");
        assert!(!fixture.case(app, &partial).await.unwrap().may_rule);
        for (ruling, share, field) in [("split", None, "worker_share"), ("split", Some(40_000), "worker_share"), ("keep", None, "ruling")] {
            assert_eq!(rule(app, &judge, &case, ruling, share).await.unwrap_err().fields[0].name, field);
        }
        let none = Case { dispute: Dispute { id: "dsp_none".into(), ..case.dispute.clone() }, ..case };
        assert_eq!(rule(app, &judge, &none, "release", None).await.unwrap_err().kind, Kind::NotFound);
        let key = market::actor::Credential::Key { id: "key_1".into(), scopes: vec!["jobs:*".into()] };
        let keyed = Actor { credential: key, ..judge };
        assert_eq!(code(read!(app, dispute::list(&keyed, Standing::Open, Paging::first(5))).unwrap_err()), "missing_scope");
    }

    async fn of_many_rulings_one_moves_the_money(app) {
        let fixture = JobFixture::delivered(app).await;
        let case = fixture.dispute(app, &fixture.worker).await.unwrap();
        let judge = admin(app).await;
        let acts: Vec<_> = (0..24)
            .map(|n| {
                let (market, judge, poster, worker) = (app.market.clone(), judge.clone(), fixture.poster.clone(), fixture.worker.clone());
                let (job, id) = (fixture.job.id.clone(), case.dispute.id.clone());
                tokio::spawn(async move {
                    let mut tx = market.begin().await?;
                    let decision = |ruling: &str| Decision { ruling: ruling.into(), worker_share: None, reason: "As the brief says.".into() };
                    match n % 4 {
                        0 => drop(market::dispute::resolve(&mut tx, &judge, &id, &decision("release")).await?),
                        1 => drop(market::dispute::resolve(&mut tx, &judge, &id, &decision("refund")).await?),
                        2 => drop(market::dispute::withdraw(&mut tx, &worker, &job).await?),
                        _ => drop(market::job::approve(&mut tx, &poster, &job).await?),
                    }
                    tx.commit().await
                })
            })
            .collect();
        let mut won = 0;
        for act in acts {
            match act.await.unwrap() {
                Ok(()) => won += 1,
                Err(error) => assert!(error.kind == Kind::Conflict || error.is_transient(), "{error:?}"),
            }
        }
        // Taken back it is delivered again, and can then be approved.
        assert!((1..=2).contains(&won), "{won}");
        app.advance(Duration::days(31)).await;
        assert!(fixture.look(app).await.status.is_closed());
    }
}
