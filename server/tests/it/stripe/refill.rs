//! Automatic refill: a card is saved on Stripe's page, and charged while its holder is away.

use super::desk::Desk;
use super::shop::Shop;
use market::refill::{self, NewRefill, State};
use market::{Duration, Money};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{act, eventually, read};

const GOOD: &str = "number=4242424242424242";
const DECLINED_LATER: &str = "number=4000000000000341";
const NEEDS_ITS_HOLDER: &str = "number=4000002760003184";

/// Sets a refill up by the API and saves a card on the fake's page.
async fn with_card(shop: &Shop, number: &'static str) {
    let asked = json!({ "threshold": 50, "amount": 80, "enabled": true });
    let set_up = shop.api(Method::POST, "/api/credits/setup-auto-refill", asked).await;
    assert_eq!(set_up["status"], "needs_card");
    let url = set_up["checkout_url"].as_str().unwrap();
    let to = shop.fake.press(&format!("{}/card", url.strip_prefix(&shop.fake.url).unwrap()), number).await;
    assert_eq!(to, format!("{}/wallet/refill?step=done", shop.server.url));
    eventually("the card is saved", async || shop.get("/api/credits/auto-refill").await["card"].is_string()).await;
}

/// The intents of charges: those of deposits are paid on a page.
async fn charges(fake: &super::fake::Fake) -> Vec<Value> {
    let all = fake.objects("payment_intent").await;
    all.into_iter().filter(|intent| intent["description"] == "Automatic refill of your wallet").collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_card_is_charged_once_below_the_threshold_and_pays_the_fee() {
    let shop = Shop::open().await;
    let page = shop.deposit("100", "card").await;
    shop.pay(&shop.session(&page).await, "card").await;
    shop.says(&page, "100.00 is in your wallet").await;
    with_card(&shop, GOOD).await;
    assert_eq!(shop.get("/api/credits/auto-refill").await["card"], "Visa ending 4242");
    shop.is_mailed("A card was saved").await;
    shop.spend(6_000).await;
    eventually("it is refilled", async || shop.available().await == 12_000).await;
    let charged = charges(&shop.fake).await;
    assert_eq!(charged.iter().map(|intent| &intent["amount"]).collect::<Vec<_>>(), [8_490], "80.00, 5.5 % and 0.50");
    let refill = shop.get("/api/credits/auto-refill").await;
    assert_eq!((refill["status"].as_str(), refill["charged_this_month"].as_f64()), (Some("ready"), Some(80.0)));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_refused_switches_it_off() {
    for (number, reason) in [(DECLINED_LATER, "declined"), (NEEDS_ITS_HOLDER, "needs_holder")] {
        let shop = Shop::open().await;
        with_card(&shop, number).await;
        let refill = async || shop.get("/api/credits/auto-refill").await;
        eventually("it is off", async || refill().await["status"] == "off").await;
        assert_eq!(refill().await["off_reason"], reason);
        shop.is_mailed("Automatic refill is off").await;
        let team = shop.actor().await.team;
        assert!(shop.happenings(team.as_str()).await.contains(&"refill.stopped".to_owned()));
        assert_eq!((shop.available().await, charges(&shop.fake).await.len()), (0, 1), "it is tried once");
        shop.close().await;
    }
}

/// Sets a refill up, and saves a good card on the fake's page; our server hears nothing of it.
async fn saved_unheard(desk: &Desk) {
    let new = NewRefill { threshold: 5_000, amount: 8_000, monthly_limit: None, is_enabled: true };
    let refill = refill::set_up(&desk.app.market, &desk.stripe, &desk.actor, &new).await.expect("is set up");
    desk.fake.press(&format!("/pay/{}/card", refill.page.expect("a page")), GOOD).await;
}

async fn state(desk: &Desk) -> State {
    read!(desk.app, refill::show(&desk.actor)).expect("reads").expect("is set up").0.state(desk.app.now())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_whose_news_are_lost_is_found() {
    let desk = Desk::open().await;
    saved_unheard(&desk).await;
    desk.watch().await;
    assert_eq!((state(&desk).await, desk.available().await), (State::NeedsCard, Money::ZERO));
    desk.catch_up().await;
    desk.watch().await;
    assert_eq!((state(&desk).await, desk.available().await), (State::Ready, Money(8_000)));
    desk.catch_up().await;
    assert_eq!((desk.available().await, charges(&desk.fake).await.len()), (Money(8_000), 1));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_whose_answer_never_comes_is_made_once() {
    let desk = Desk::open().await;
    saved_unheard(&desk).await;
    desk.catch_up().await;
    // Without a status the fake acts and never answers; the second try under the key is told what the first did.
    desk.fake.steer("trouble", json!({ "times": 1, "path": "/v1/payment_intents" })).await;
    desk.watch().await;
    assert_eq!((desk.available().await, charges(&desk.fake).await.len()), (Money(8_000), 1));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_whose_answer_is_a_failure_is_known_by_its_news() {
    let desk = Desk::open().await;
    saved_unheard(&desk).await;
    desk.catch_up().await;
    desk.fake.act_and_fail("/v1/payment_intents").await;
    desk.watch().await;
    assert_eq!((state(&desk).await, desk.available().await), (State::Charging, Money::ZERO), "nobody knows");
    desk.after(Duration::minutes(2)).await;
    // The key keeps the answer of the first try, so asking tells no more.
    desk.reconcile().await;
    assert_eq!(state(&desk).await, State::Charging);
    desk.catch_up().await;
    desk.watch().await;
    assert_eq!((state(&desk).await, desk.available().await), (State::Ready, Money(8_000)));
    assert_eq!(charges(&desk.fake).await.len(), 1);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_forgotten_is_not_charged_any_more() {
    let desk = Desk::open().await;
    saved_unheard(&desk).await;
    desk.catch_up().await;
    desk.fake.steer("trouble", json!({ "status": 429, "times": 3, "path": "/v1/payment_intents" })).await;
    desk.watch().await;
    assert_eq!(state(&desk).await, State::Charging);
    act!(desk.app, refill::forget_card(&desk.actor)).expect("is forgotten");
    desk.after(Duration::minutes(2)).await;
    desk.reconcile().await;
    desk.watch().await;
    assert_eq!((state(&desk).await, charges(&desk.fake).await.len()), (State::Charging, 0), "its news may still come");
    desk.after(Duration::hours(24)).await;
    desk.reconcile().await;
    desk.watch().await;
    assert_eq!((state(&desk).await, charges(&desk.fake).await.len()), (State::Off, 0));
    desk.close().await;
}
