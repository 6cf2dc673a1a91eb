//! `guildhall demo --stripe`: the program plays money in and out at a fake Stripe beside it.

use super::fake::Fake;
use crate::child::run;

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_plays_a_deposit_a_job_a_payout_and_a_chargeback() {
    let (fake, listener) = Fake::bind().await;
    tokio::spawn(fake_stripe::serve(listener, String::new(), String::new()));
    let url = fake.url.clone();
    let (code, said) = tokio::task::spawn_blocking(move || run(&["demo", "--stripe", &url], &[])).await.unwrap();
    assert_eq!(code, 0, "{said}");
    for words in ["528.00 USD by card", "has it at the bank", "USD are owed", "gives the money back", "The ledger is sound"] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_refuses_stripe_itself() {
    let (code, said) = run(&["demo", "--stripe", "https://api.stripe.com"], &[]);
    assert!(code == 1 && said.contains("fake Stripe"), "{code} {said}");
}
