//! The wallet's page: balances, the ledger lines that changed them, and deposits.

pub mod deposit;
pub mod deposit_list;
pub mod deposit_page;
pub mod ledger;
pub mod loaders;
pub mod params;
pub mod payout_list;
pub mod payouts;
pub mod receipt;
pub mod refill;
pub mod refills;
pub mod tabs;

use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::ui::figures::{Figure, Figures};
use crate::ui::flash_notice::FlashNotice;
use crate::ui::layout::{Layout, NavItem, PageHead};
use crate::ui::notice::{Notice, Tone};
use crate::ui::pager::Pager;
use deposit::DepositForm;
use ledger::Ledger;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use loaders::WalletPageData;
use market::Money;
use market::deposit::UnderWay;
use params::{Narrow, WalletParams};
use tabs::{Tab, Tabs};

/// The wallet's page; `?amount=` fills in the deposit, `?back=` is the page that needs it.
#[component]
pub fn WalletPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let params = WalletParams::read(&query);
    let (amount, back) = (query.get("amount"), query.get("back"));
    load(loaders::show(params.clone()), move |seen| view! { <Whole seen=seen params=params amount=amount back=back /> })
}

#[component]
fn Whole(seen: WalletPageData, params: WalletParams, amount: Option<String>, back: Option<String>) -> impl IntoView {
    let WalletPageData { wallet, lines, under_way, on_the_way, ways } = seen;
    let shown = (&lines).into();
    let (narrow, to) = (params.is_narrow(), params.address());
    view! {
        <Layout title="Wallet" place=NavItem::Wallet>
            <PageHead title="Wallet"><a class="btn" href="#deposit">"Deposit"</a></PageHead>
            <Tabs tab=Tab::Ledger />
            <VerifyFirst />
            <FlashNotice />
            <Owed owed=wallet.owed />
            <UnderWayNotice under_way=under_way />
            <OnTheWay amount=on_the_way />
            <Figures>
                <Figure label="Available" value=wallet.available.to_string() note="USD, to spend" />
                <Figure label="In escrow" value=wallet.reserved.to_string() note="for your jobs, fees included" />
                <Figure label="Pending" value=wallet.pending.to_string() note="earned, cooling down" />
                <Figure label="Total" value=wallet.total().to_string() note="sum of the three" />
            </Figures>
            <div class="split section">
                <section aria-labelledby="ledger">
                    <div class="section-head"><h2 id="ledger">"Ledger"</h2></div>
                    {(narrow || lines.total > 0).then(|| view! { <Narrow params=params /> })}
                    <Ledger lines=lines.items narrow=narrow />
                    <Pager shown=shown to=to />
                </section>
                <aside>
                    <DepositForm amount=amount.unwrap_or_default() back=back.unwrap_or_default() ways=ways />
                    <section class="section" aria-labelledby="check">
                        <div class="section-head"><h2 id="check">"Ledger check"</h2></div>
                        <p>"Every entry sums to zero and carries the hash of the one before. Whoever runs this server can prove it at any time:"</p>
                        <pre class="code mt-3">"guildhall ledger verify"</pre>
                    </section>
                </aside>
            </div>
        </Layout>
    }
}

/// The debt of a team, and how it is paid.
#[component]
fn Owed(owed: Money) -> impl IntoView {
    (owed > Money::ZERO).then(|| {
        view! {
            <div class="mb-6">
                <Notice tone=Tone::Bad title=format!("{owed} is owed")>
                    <p>"A deposit was taken back after it was spent. What comes in pays this first; until then nothing can be funded. Jobs that are funded go on."</p>
                </Notice>
            </div>
        }
    })
}

/// The deposits that a bank was asked for: they are no money of the wallet yet.
#[component]
fn UnderWayNotice(under_way: UnderWay) -> impl IntoView {
    (under_way.count > 0).then(|| {
        view! {
            <div class="mb-6">
                <Notice tone=Tone::Wait title=format!("{} is on the way", under_way.amount)>
                    <p>"Your bank was asked for it, which takes days. "<a href="/wallet/deposits">"Deposits"</a></p>
                </Notice>
            </div>
        }
    })
}

/// The payouts that no bank has yet.
#[component]
fn OnTheWay(amount: Money) -> impl IntoView {
    (amount > Money::ZERO).then(|| {
        view! {
            <div class="mb-6">
                <Notice tone=Tone::Wait title=format!("{amount} is on its way to your bank")>
                    <p>"If the bank does not take it, it comes back. "<a href="/wallet/payouts">"Payouts"</a></p>
                </Notice>
            </div>
        }
    })
}
