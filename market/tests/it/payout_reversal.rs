//! Transfers that the operator takes back in part: the wallet has that part again, and the rest goes on.

use crate::payout::{asked, balances, bank, is_sound, payee_of, receive, state, work};
use market::payment::{BankState, Content, Outcome, TestBank, TransferNews};
use market::payout::{Payout, State};
use market::{Actor, Money};
use testkit::{TestApp, both, read};

/// The news that so many cents of a payout's transfer were reversed so far.
fn reversed(payout: &Payout, cents: i64) -> Content {
    let reference = Some(payout.id.to_string());
    Content::Transfer(TransferNews { transfer: format!("tr_{}", payout.id), reference, reversed: Money(cents) })
}

async fn again(app: &TestApp, actor: &Actor, payout: &Payout) -> Payout {
    read!(app, payout::own(actor, &payout.id)).expect("is there")
}

/// The cents in the wallet and on the payout's way.
async fn cents(app: &TestApp, actor: &Actor, payout: &Payout) -> (i64, i64) {
    is_sound(app).await;
    let (wallet, way) = balances(app, actor, payout).await;
    (wallet.0, way.0)
}

both! {
    async fn a_part_comes_back_once_and_the_rest_arrives(app) {
        let actor = payee_of(app, "worker", TestBank::Good).await;
        let payout = asked(app, &actor, 4_000).await;
        receive(app, "evt_1", bank(&payout, BankState::UnderWay)).await;
        // Each tells the whole sum, and the later one comes first.
        assert_eq!(receive(app, "evt_3", reversed(&payout, 1_500)).await, Outcome::Applied);
        assert_eq!(cents(app, &actor, &payout).await, (7_500, 2_500));
        receive(app, "evt_2", reversed(&payout, 1_000)).await;
        receive(app, "evt_0", reversed(&payout, 0)).await;
        assert_eq!(cents(app, &actor, &payout).await, (7_500, 2_500));
        receive(app, "evt_4", reversed(&payout, 1_600)).await;
        let found = again(app, &actor, &payout).await;
        assert_eq!((found.state, found.returned(), found.going()), (State::Sent, Money(1_600), Money(2_400)));
        assert_eq!(found.reason.as_deref(), Some("a part of the transfer was reversed."));
        assert_eq!(read!(app, payout::on_the_way(&actor)).expect("sums"), Money(2_400));
        receive(app, "evt_5", bank(&payout, BankState::Paid)).await;
        assert_eq!((state(app, &actor, &payout).await, cents(app, &actor, &payout).await), (State::Paid, (7_600, 0)));
        let told = ["payout.asked", "payout.sent", "payout.reversed", "payout.reversed", "payout.paid"];
        assert_eq!(app.happenings(payout.id.as_str()).await, told);
        let letters = app.letters_to("worker@example.com").await;
        let told: Vec<_> = letters.iter().filter(|letter| letter.subject == "A part of a payout came back").collect();
        assert!(told.len() == 2 && told.iter().all(|letter| letter.text.contains("your bank gets the whole payout")), "{told:?}");
    }

    async fn a_part_of_a_payout_that_arrived_comes_back_and_then_the_rest(app) {
        let actor = payee_of(app, "worker", TestBank::Good).await;
        let payout = asked(app, &actor, 4_000).await;
        receive(app, "evt_1", bank(&payout, BankState::Paid)).await;
        receive(app, "evt_2", reversed(&payout, 1_500)).await;
        assert_eq!((state(app, &actor, &payout).await, cents(app, &actor, &payout).await), (State::Paid, (7_500, 0)));
        receive(app, "evt_3", reversed(&payout, 4_000)).await;
        assert_eq!((state(app, &actor, &payout).await, cents(app, &actor, &payout).await), (State::Returned, (10_000, 0)));
        receive(app, "evt_4", reversed(&payout, 1_700)).await;
        receive(app, "evt_5", bank(&payout, BankState::Paid)).await;
        let found = again(app, &actor, &payout).await;
        assert_eq!((found.state, found.returned(), found.reason.as_deref()), (State::Returned, Money(4_000), Some("the transfer was reversed.")));
        assert_eq!(cents(app, &actor, &payout).await, (10_000, 0));
    }

    async fn the_rest_of_a_payout_that_fails_comes_back(app) {
        let actor = payee_of(app, "worker", TestBank::Good).await;
        for was_paid in [false, true] {
            let payout = asked(app, &actor, 4_000).await;
            if was_paid {
                receive(app, &format!("evt_paid_{was_paid}"), bank(&payout, BankState::Paid)).await;
            }
            receive(app, &format!("evt_part_{was_paid}"), reversed(&payout, 1_500)).await;
            receive(app, &format!("evt_failed_{was_paid}"), bank(&payout, BankState::Failed(Some("the account is closed.".into())))).await;
            assert_eq!(state(app, &actor, &payout).await, State::Returning);
            // The operator takes some more while it is on its way back.
            receive(app, &format!("evt_more_{was_paid}"), reversed(&payout, 2_000)).await;
            assert_eq!(cents(app, &actor, &payout).await, (8_000, if was_paid { 0 } else { 2_000 }));
            work(app).await;
            assert_eq!((state(app, &actor, &payout).await, cents(app, &actor, &payout).await), (State::Returned, (10_000, 0)));
        }
    }

    async fn a_part_that_comes_back_before_the_bank_is_asked_is_not_sent(app) {
        let actor = payee_of(app, "worker", TestBank::Good).await;
        let payout = asked(app, &actor, 4_000).await;
        receive(app, "evt_1", reversed(&payout, 1_500)).await;
        let found = again(app, &actor, &payout).await;
        assert_eq!((found.state, found.transfer.is_some(), found.going()), (State::Asked, true, Money(2_500)));
        assert_eq!(cents(app, &actor, &payout).await, (7_500, 2_500));
        receive(app, "evt_2", reversed(&payout, 9_999)).await;
        assert_eq!((state(app, &actor, &payout).await, cents(app, &actor, &payout).await), (State::Returned, (10_000, 0)));
    }
}
