//! The sandbox's page that connects a test bank.

use crate::fault::Fault;
use crate::load::load;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::Act;
use crate::ui::layout::{Layout, NavItem};
use crate::ui::notice::{Notice, Tone};
use crate::visitor::{go, guest};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::payee;
use market::payment::TestBank;
use market::text::Word;

/// Finds out whether there is such an account, for anyone who has its address.
#[server(prefix = "/_fn", endpoint = "sandbox/bank")]
pub async fn show_bank_page(account: String) -> Result<(), Fault> {
    let market = guest()?.market;
    Ok(payee::test_account(&mut market.read().await?, &account).await.map(drop)?)
}

/// Connects a test bank.
#[server(prefix = "/_fn", endpoint = "sandbox/bank/connect")]
pub async fn connect_bank(account: String, bank: String) -> Result<(), Fault> {
    let bank = TestBank::read("bank", &bank)?;
    market::act!(guest()?.market, |tx| payee::test_bank(tx, &account, bank).await)?;
    let done = match bank {
        TestBank::Good | TestBank::Refusing => "The test bank is connected.",
        TestBank::Unfinished => "The provider wants to know more before it pays out.",
    };
    go("/wallet/payouts", done)
}

/// The page.
#[component]
pub fn BankPage() -> impl IntoView {
    let account = use_params_map().with_untracked(|params| params.get("account")).unwrap_or_default();
    load(show_bank_page(account.clone()), move |()| view! { <Whole account=account /> })
}

#[component]
fn Whole(account: String) -> impl IntoView {
    let act = |bank: TestBank, class: &'static str, text: &'static str| {
        view! { <Act to="sandbox/bank/connect" on=("bank", bank.to_string()) also=("account", account.clone()) class=class>{text}</Act> }
    };
    let good = act(TestBank::Good, "btn primary full", "Connect a bank that pays after a minute");
    let refusing = act(TestBank::Refusing, "btn full", "Connect a bank that sends money back");
    let unfinished = act(TestBank::Unfinished, "btn full", "Leave something out");
    view! {
        <Layout title="Connect a bank" place=NavItem::Wallet>
            <div class="gate">
                <h1>"Connect a test bank"</h1>
                <FlashNotice />
                <Notice tone=Tone::Wait title="Test money"><p>"This stands in for a payment provider’s forms. No person or bank is asked for, no money moves."</p></Notice>
                <div class="grid gap-2">{good}{refusing}{unfinished}</div>
            </div>
        </Layout>
    }
}
