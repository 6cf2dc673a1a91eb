//! The sandbox's page that saves a test card.

use crate::fault::Fault;
use crate::load::load;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::Act;
use crate::ui::layout::{Layout, NavItem};
use crate::ui::notice::{Notice, Tone};
use crate::visitor::{go, guest};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::payment::TestCard;
use market::refill;
use market::text::Word;

/// Finds out whether a card can be saved on this page, for anyone who has its address.
#[server(prefix = "/_fn", endpoint = "sandbox/card")]
pub async fn show_card_page(page: String) -> Result<(), Fault> {
    let market = guest()?.market;
    Ok(refill::test_page(&mut market.read().await?, &page).await.map(drop)?)
}

/// Saves a test card.
#[server(prefix = "/_fn", endpoint = "sandbox/card/save")]
pub async fn save_card(page: String, card: String) -> Result<(), Fault> {
    let card = TestCard::read("card", &card)?;
    market::act!(guest()?.market, |tx| refill::save_test_card(tx, &page, card).await)?;
    go("/wallet/refill", format!("{} was saved.", card.label()))
}

/// The page.
#[component]
pub fn CardPage() -> impl IntoView {
    let page = use_params_map().with_untracked(|params| params.get("page")).unwrap_or_default();
    load(show_card_page(page.clone()), move |()| view! { <Whole page=page /> })
}

#[component]
fn Whole(page: String) -> impl IntoView {
    let act = |card: TestCard, class: &'static str, text: &'static str| {
        view! { <Act to="sandbox/card/save" on=("card", card.to_string()) also=("page", page.clone()) class=class>{text}</Act> }
    };
    let good = act(TestCard::Good, "btn primary full", "Save the test card ending 4242");
    let refusing = act(TestCard::Refusing, "btn full", "Save a card that is always refused");
    view! {
        <Layout title="Save a card" place=NavItem::Wallet>
            <div class="gate">
                <h1>"Save a test card"</h1>
                <FlashNotice />
                <Notice tone=Tone::Wait title="Test money"><p>"This stands in for a payment provider’s page. No real card is asked for, none is charged."</p></Notice>
                <div class="grid gap-2">{good}{refusing}<a class="btn full" href="/wallet/refill">"Back without a card"</a></div>
            </div>
        </Layout>
    }
}
