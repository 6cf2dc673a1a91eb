//! The page of a deposit: where a payer comes back to from the payment provider. It follows what happens, and credits nothing itself.

use super::loaders;
use crate::load::load;
use crate::ui::figures::{Sum, Sums};
use crate::ui::flash_notice::FlashNotice;
use crate::ui::layout::{Layout, NavItem, PageHead};
use crate::ui::notice::{Notice, Tone};
use crate::ui::when::When;
use crate::url::{encode, ours};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use market::deposit::{Deposit, Method, Status};

/// The step of the payer that the address tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Came {
    /// Back from it, after the payment.
    Done,
    /// Any other visit.
    Otherwise,
}

/// The page; `?step=done` says that the payer paid at the provider.
#[component]
pub fn DepositPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    let query = use_query_map().get_untracked();
    let came = match query.get("step").as_deref() {
        Some("done") => Came::Done,
        _ => Came::Otherwise,
    };
    load(loaders::show_deposit(id), move |deposit| view! { <Whole deposit=deposit came=came /> })
}

#[component]
fn Whole(deposit: Deposit, came: Came) -> impl IntoView {
    let (amount, fee, total) = (deposit.amount, deposit.fee, deposit.total());
    let created_at = deposit.created_at;
    let by = by(&deposit);
    let pays = match deposit.status {
        Status::Open | Status::Processing => "You pay, USD",
        Status::Paid => "You paid, USD",
        Status::Failed | Status::Cancelled | Status::Expired => "Not paid, USD",
    };
    view! {
        <Layout title="Deposit" place=NavItem::Wallet>
            <PageHead title="Deposit"><a class="btn" href="/wallet/deposits">"Deposits"</a></PageHead>
            <FlashNotice />
            <div class="max-w-[40rem]">
                <State deposit=deposit came=came />
                <div class="mt-6">
                    <Sums>
                        <Sum label="Deposit to your wallet" money=amount />
                        <Sum label="Payment fee" money=fee />
                        <Sum label=pays money=total total=true />
                    </Sums>
                </div>
                <p class="soft mt-4">{by}", begun "<When at=created_at />"."</p>
            </div>
        </Layout>
    }
}

/// Returns the way of paying in words.
pub const fn by(deposit: &Deposit) -> &'static str {
    match deposit.method {
        Method::Card if deposit.is_charge => "Automatic, by the saved card",
        Method::Card => "By card",
        Method::BankDebit => "By bank debit",
    }
}

#[component]
fn State(deposit: Deposit, came: Came) -> impl IntoView {
    let (amount, total) = (deposit.amount, deposit.total());
    match (deposit.status, came) {
        (Status::Open, _) if deposit.is_charge => view! {
            <Notice tone=Tone::Wait title=format!("The saved card is being charged {total}")><p>"This takes a few seconds, rarely longer."</p></Notice>
        }
        .into_any(),
        (Status::Failed, _) if deposit.is_charge => view! {
            <Notice tone=Tone::Bad title=format!("The saved card was not charged {total}")>
                <p>"Its bank refused, so nothing is booked and automatic refill is off. "<a href="/wallet/refill">"Automatic refill"</a></p>
            </Notice>
        }
        .into_any(),
        (Status::Open, Came::Done) => view! {
            <Notice tone=Tone::Plain title=format!("The payment of {total} is being confirmed")>
                <p>"This takes a few seconds, rarely an hour. The page shows it as soon as it is here; you need not wait or pay again."</p>
            </Notice>
        }
        .into_any(),
        (Status::Open, _) => view! { <Unpaid deposit=deposit /> }.into_any(),
        (Status::Processing, _) => view! {
            <Notice tone=Tone::Wait title=format!("Your bank was asked for {total}")>
                <p>{format!("This takes up to five bank days. Until then the {amount} are not in your wallet; you get mail when they arrive, or if the bank refuses.")}</p>
            </Notice>
        }
        .into_any(),
        (Status::Paid, _) => view! { <Arrived deposit=deposit /> }.into_any(),
        (Status::Failed, _) => view! {
            <Notice tone=Tone::Bad title=format!("The bank did not pay {total}")>
                <p>"Nothing is booked. Use another account, or a card."</p>
                <Again deposit=deposit />
            </Notice>
        }
        .into_any(),
        (Status::Cancelled, _) => view! {
            <Notice tone=Tone::Plain title="The deposit was cancelled"><p>"Nothing was paid."</p><Again deposit=deposit /></Notice>
        }
        .into_any(),
        (Status::Expired, _) => view! {
            <Notice tone=Tone::Plain title="The time to pay is over"><p>"Nothing was paid."</p><Again deposit=deposit /></Notice>
        }
        .into_any(),
    }
}

/// A deposit that waits for its payer.
#[component]
fn Unpaid(deposit: Deposit) -> impl IntoView {
    let total = deposit.total();
    let until = deposit.expires_at.map(|at| view! { " It can be paid until "<When at=at />"." });
    let pay = deposit
        .checkout_url
        .map(|url| view! { <div class="row mt-2"><a class="btn primary" href=url rel="noreferrer">{format!("Pay {total}")}</a></div> });
    view! {
        <Notice tone=Tone::Plain title=format!("{total} is to be paid")>
            <p>"The provider’s page opens and brings you back. This server never sees the card or the account."{until}</p>
            {pay}
        </Notice>
    }
}

/// A deposit that was paid, and perhaps taken back.
#[component]
fn Arrived(deposit: Deposit) -> impl IntoView {
    let back = Some(ours(&deposit.back).to_owned()).filter(|_| !deposit.back.is_empty());
    let (amount, total, taken) = (deposit.amount, deposit.total(), deposit.taken_back());
    let receipt = format!("/wallet/entries/{}", encode(&format!("deposit:{}", deposit.id)));
    let acts = view! {
        <div class="row mt-2">
            {back.map(|back| view! { <a class="btn primary" href=back>"Go on"</a> })}
            <a class="btn" href=receipt>"Receipt"</a>
        </div>
    };
    if taken.0 > 0 {
        return view! {
            <Notice tone=Tone::Bad title=format!("{taken} of {amount} was taken back")>
                <p>"The payment was refunded, or your bank charged it back. As much as was there left your wallet; the rest is owed, and is paid first from what comes in. Jobs that are funded go on."</p>
                {acts}
            </Notice>
        }
        .into_any();
    }
    view! {
        <Notice tone=Tone::Ok title=format!("{amount} is in your wallet")><p>{format!("{total} was paid, with the fee.")}</p>{acts}</Notice>
    }
    .into_any()
}

#[component]
fn Again(deposit: Deposit) -> impl IntoView {
    let to = format!("/wallet?amount={}#deposit", deposit.amount.major());
    view! { <div class="row mt-2"><a class="btn primary" href=to>"Start a new deposit"</a></div> }
}
