//! The page of payouts: the account that they go to, the form that asks for one, and their states.

use super::payouts::{self, PayoutPageData};
use super::tabs::{Tab, Tabs};
use crate::load::load;
use crate::member::verify::VerifyFirst;
use crate::ui::amount::Amount;
use crate::ui::field::MoneyField;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Act, Form, Submit};
use crate::ui::id::Id;
use crate::ui::layout::{Layout, NavItem, PageHead};
use crate::ui::notice::{Empty, Notice, Tone};
use crate::ui::pager::Pager;
use crate::ui::status::{Mark, StateBadge};
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::{When, in_utc};
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use market::payee::{Payee, State as PayeeState};
use market::payout::{More, Payable, Payout, State};
use market::{Money, Page, payment};

/// The page. The form that opens the provider's page leads to `?step=on`, which links to it; the provider leads back to `?step=back`, or to
/// `?step=again` when its page's time is over. Reading any of them asks the provider nothing.
#[component]
pub fn PayoutsPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let offset = query.get("offset").and_then(|text| text.parse().ok()).unwrap_or(0);
    let step = query.get("step").unwrap_or_default();
    load(payouts::show_payouts(offset, step == "on"), move |seen| view! { <Whole seen=seen is_late=step == "again" /> })
}

#[component]
fn Whole(seen: PayoutPageData, is_late: bool) -> impl IntoView {
    let PayoutPageData { payee, payable, owed, url, payouts } = seen;
    let state = payee.as_ref().map_or(PayeeState::None, |payee| payee.state);
    let account = match payee {
        Some(payee) => view! { <Account payee=payee url=url is_late=is_late /> }.into_any(),
        None => view! { <p class="soft">"This server has no payment provider, so it pays nothing out. Your earnings stay in your wallet. Ask its operator."</p> }.into_any(),
    };
    let shown = (&payouts).into();
    view! {
        <Layout title="Payouts" place=NavItem::Wallet>
            <PageHead title="Wallet" />
            <Tabs tab=Tab::Payouts />
            <VerifyFirst />
            <FlashNotice />
            <div class="split section">
                <div>
                    <section aria-labelledby="ask">
                        <div class="section-head"><h2 id="ask">"Pay out"</h2></div>
                        <Ask payee=state payable=payable owed=owed />
                    </section>
                    <section class="section" aria-labelledby="payouts">
                        <div class="section-head"><h2 id="payouts">"Payouts"</h2></div>
                        <List payouts=payouts />
                        <Pager shown=shown to="/wallet/payouts".to_owned() />
                    </section>
                </div>
                <aside>
                    <section aria-labelledby="payee">
                        <div class="section-head"><h2 id="payee">"Payout account"</h2></div>
                        {account}
                    </section>
                </aside>
            </div>
        </Layout>
    }
}

#[component]
fn Ask(payee: PayeeState, payable: Payable, owed: Money) -> impl IntoView {
    let (least, Payable { available, now, more }) = (visitor::rules().payout_min, payable);
    let held = more.map(|more| view! { <Held payable=payable more=more /> });
    let why_not = if owed > Money::ZERO {
        Some(format!("{owed} is owed, because a deposit was taken back. What comes in pays it first; then money can be paid out."))
    } else if payee == PayeeState::Elsewhere {
        Some("Connect your payout account again first.".to_owned())
    } else if payee != PayeeState::Ready {
        Some("Connect a payout account first.".to_owned())
    } else if available < least {
        Some(format!("{available} is available, and the least payout is {least}."))
    } else if now < least {
        Some(if now == Money::ZERO {
            "Nothing can be paid out yet.".to_owned()
        } else {
            format!("{now} can be paid out now, and the least payout is {least}.")
        })
    } else {
        None
    };
    if let Some(why_not) = why_not {
        return view! { <div class="grid gap-2"><p class="soft">{why_not}</p>{held}</div> }.into_any();
    }
    let bounds = format!("{least} to {now}. Pending money can’t be paid out before it clears.");
    view! {
        <Form to="wallet/payouts/ask" class="form gap-4">
            <MoneyField name="amount" label="Amount" value=now.major() help=bounds />
            {held}
            <p class="soft">"It leaves your wallet at once and arrives within days. If the bank does not take it, it comes back."</p>
            <div><Submit>"Pay out"</Submit></div>
        </Form>
    }
    .into_any()
}

/// The part of the available money that waits, and until when.
#[component]
fn Held(payable: Payable, more: More) -> impl IntoView {
    let waits = Money(payable.available.0 - payable.now.0);
    let says =
        format!("Of {} available, {waits} waits: a payer’s bank may still take back the deposits of the last days. ", payable.available);
    view! { <p class="soft">{says}{more.amount.to_string()}" can be paid out from "<When at=more.at />"."</p> }
}

/// The account, its state, and how to go on.
#[component]
fn Account(payee: Payee, url: Option<String>, is_late: bool) -> impl IntoView {
    let team = ("team", payee.team_id.to_string());
    let (mark, text) = match payee.state {
        PayeeState::None => (Mark::Off, "Not connected"),
        PayeeState::Elsewhere => (Mark::Waits, "At another provider"),
        PayeeState::Onboarding => (Mark::Waits, "Forms to fill in"),
        PayeeState::Ready => (Mark::Done, "Ready"),
        PayeeState::Restricted => (Mark::Waits, "Something is missing"),
    };
    let missing = payee.missing_words();
    let missing = (!missing.is_empty())
        .then(|| view! { <div class="mt-4"><Notice tone=Tone::Wait title="The payment provider wants to know"><p>{missing.join(", ")}</p></Notice></div> });
    let elsewhere = (payee.state == PayeeState::Elsewhere).then(|| {
        let says = "This server has another payment provider now. Nothing is paid out to your account there, by hand or on Mondays.";
        view! { <div class="mt-4"><Notice tone=Tone::Wait title="Connect your account again"><p>{says}</p></Notice></div> }
    });
    let late = is_late.then(|| {
        let says = "The provider’s page was open for too long. Open it again to go on.";
        view! { <div class="mt-4"><Notice tone=Tone::Wait><p>{says}</p></Notice></div> }
    });
    let text_of_act = match payee.state {
        PayeeState::None => "Connect an account",
        PayeeState::Elsewhere => "Connect again",
        PayeeState::Ready => "Change the account",
        PayeeState::Onboarding | PayeeState::Restricted => "Go on at the provider",
    };
    let class = if payee.state == PayeeState::Ready { "btn" } else { "btn primary" };
    let go_on = match url {
        Some(url) => view! { <a class="btn primary" href=url rel="noreferrer">"Open the provider’s page"</a> }.into_any(),
        None => view! { <Act to="wallet/payouts/connect" on=team.clone() class=class>{text_of_act}</Act> }.into_any(),
    };
    let waits = matches!(payee.state, PayeeState::Onboarding | PayeeState::Restricted) && payee.provider != payment::SANDBOX;
    let refresh = waits.then(|| view! { <Act to="wallet/payouts/refresh" on=team.clone()>"Ask again"</Act> });
    let (word, weekly) = if payee.is_weekly { ("off", "Stop weekly payouts") } else { ("on", "Pay out every Monday") };
    let schedule = (payee.account.is_some() || payee.is_weekly)
        .then(|| view! { <Act to="wallet/payouts/weekly" on=("weekly", word.to_owned())>{weekly}</Act> });
    let id = payee.account.map(|account| {
        let short = account.chars().take(16).collect::<String>();
        view! { <dt>"Account"</dt><dd><Id text=short whole=account noun="account" /></dd> }
    });
    view! {
        <dl class="sums">
            <dt>"State"</dt><dd><StateBadge mark=mark text=text /></dd>
            {id}
            <dt>"Every Monday"</dt><dd>{if payee.is_weekly { "on" } else { "off" }}</dd>
        </dl>
        {missing}{elsewhere}{late}
        <div class="row mt-4">{go_on}{refresh}{schedule}</div>
        <p class="tail">"A person says at the provider who is paid and to which bank. This server never sees it."</p>
    }
}

#[component]
fn List(payouts: Page<Payout>) -> impl IntoView {
    if payouts.total == 0 {
        return view! { <Empty title="No payouts yet"><p>"Each payout is listed here, also one that came back."</p></Empty> }.into_any();
    }
    let heads = vec![Head::words("When"), Head::words("Payout"), Head::number("Amount, USD"), Head::words("State")];
    let rows = payouts.items.into_iter().map(|payout| view! { <Line payout=payout /> }).collect_view();
    view! { <Table label="Payouts, newest first. Amounts in USD." heads=heads>{rows}</Table> }.into_any()
}

#[component]
fn Line(payout: Payout) -> impl IntoView {
    let at = payout.created_at;
    let (mark, text) = match payout.state {
        State::Asked => (Mark::Waits, "Being sent"),
        State::Sent => (Mark::Waits, "On its way"),
        State::Paid => (Mark::Done, "Arrived"),
        State::Returning => (Mark::Back, "Coming back"),
        State::Returned => (Mark::Back, "Came back"),
    };
    let part = (payout.reversed > Money::ZERO && payout.state != State::Returned)
        .then(|| view! { <span class="sub">{format!("{} came back", payout.reversed)}</span> });
    let has_reason = mark == Mark::Back || payout.reversed > Money::ZERO;
    let reason = payout.reason.filter(|_| has_reason).map(|reason| view! { <span class="sub">{reason}</span> });
    view! {
        <Row>
            <Cell class="soft narrow-hide whitespace-nowrap"><When at=at /></Cell>
            <Cell class="lead"><b>"To your bank"</b>{part}{reason}<span class="sub narrow-only">{in_utc(at)}</span></Cell>
            <Cell class="num end"><Amount money=payout.amount /></Cell>
            <Cell label="State"><StateBadge mark=mark text=text /></Cell>
        </Row>
    }
}
