//! The page of automatic refill: its state, its settings, the saved card, and the last charges.

use super::deposit_list::state as state_of_deposit;
use super::refills::{self, RefillPageData};
use super::tabs::{Tab, Tabs};
use crate::load::load;
use crate::ui::amount::Amount;
use crate::ui::confirm::Confirm;
use crate::ui::field::{MoneyField, Tick};
use crate::ui::flash_notice::FlashNotice;
use crate::ui::form::{Act, Form, Submit};
use crate::ui::layout::{Layout, NavItem, PageHead};
use crate::ui::notice::{Empty, Notice, Tone};
use crate::ui::status::{Mark, StateBadge};
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::{When, in_utc};
use crate::visitor;
use leptos::prelude::*;
use market::Money;
use market::deposit::Deposit;
use market::payment::CardRefusal;
use market::refill::{Refill, State};

/// The threshold and the amount that a new team is offered.
const USUAL_THRESHOLD: Money = Money(5_000);
const USUAL_AMOUNT: Money = Money(10_000);

/// The page.
#[component]
pub fn RefillPage() -> impl IntoView {
    load(refills::show_refill(), |seen| view! { <Whole seen=seen /> })
}

#[component]
fn Whole(seen: RefillPageData) -> impl IntoView {
    let RefillPageData { refill, charges, is_offered, has_fees } = seen;
    let (refill, charged) = refill.map_or((None, Money::ZERO), |(refill, charged)| (Some(refill), charged));
    let state = refill.clone().map(|refill| view! { <StateNotice refill=refill /> });
    let card = refill.clone().map(|refill| view! { <Card refill=refill charged=charged /> });
    let form = if is_offered {
        view! { <Settings refill=refill has_fees=has_fees /> }.into_any()
    } else {
        view! { <p class="soft">"This server has no payment provider, so it charges no cards. Ask its operator."</p> }.into_any()
    };
    view! {
        <Layout title="Automatic refill" place=NavItem::Wallet>
            <PageHead title="Wallet" />
            <Tabs tab=Tab::Refill />
            <FlashNotice />
            {state}
            <div class="split section">
                <div>
                    <section aria-labelledby="refill">
                        <div class="section-head"><h2 id="refill">"Automatic refill"</h2></div>
                        {form}
                    </section>
                    <section class="section" aria-labelledby="charges">
                        <div class="section-head"><h2 id="charges">"Charges"</h2></div>
                        <Charges charges=charges />
                    </section>
                </div>
                <aside>{card}</aside>
            </div>
        </Layout>
    }
}

/// The state in words, if there is something to say.
#[component]
fn StateNotice(refill: Refill) -> impl IntoView {
    let now = visitor::now();
    let url = refill.page_url.clone();
    let amount = refill.amount;
    match (refill.state(now), refill.off_reason) {
        (State::Off, Some(reason)) => {
            let why = match reason {
                CardRefusal::Declined => "its bank declined",
                CardRefusal::NeedsHolder => "its bank wants you to confirm the payment",
            };
            view! {
                <Notice tone=Tone::Bad title="Automatic refill is off">
                    <p>{format!("The card could not be charged {amount}: {why}. Save another card, or deposit by hand, then switch it on again.")}</p>
                </Notice>
            }
            .into_any()
        }
        (State::NeedsCard, _) => view! {
            <Notice tone=Tone::Wait title="A card is missing">
                <p>"Nothing is charged until a card is saved at the payment provider. This server never sees its number."</p>
                {url.map(|url| view! { <div class="row mt-2"><a class="btn primary" href=url rel="noreferrer">"Save a card"</a></div> })}
            </Notice>
        }
        .into_any(),
        (State::Paused, _) => view! {
            <Notice tone=Tone::Wait title="A limit is reached">
                <p>"Nothing is charged before "{refill.paused_until.map(|at| view! { <When at=at /> })}". Deposit by hand, or raise the limit."</p>
            </Notice>
        }
        .into_any(),
        (State::Charging, _) => {
            view! { <Notice tone=Tone::Wait title=format!("The card is being charged for {amount}")><p>"The money is here within seconds, rarely later."</p></Notice> }.into_any()
        }
        _ => ().into_any(),
    }
}

#[component]
fn Settings(refill: Option<Refill>, has_fees: bool) -> impl IntoView {
    let rules = visitor::rules();
    let (threshold, amount, limit, is_on) = match &refill {
        Some(refill) => (refill.threshold, refill.amount, refill.monthly_limit, refill.is_enabled),
        None => (USUAL_THRESHOLD, USUAL_AMOUNT, None, true),
    };
    let bounds = format!("{} to {}{}", rules.deposit_min, rules.deposit_max, if has_fees { ", and the card’s fee on top" } else { "" });
    let limit = limit.map(Money::major).unwrap_or_default();
    view! {
        <Form to="wallet/refill/set" class="form gap-4">
            <MoneyField name="threshold" label="When less is available than" value=threshold.major() help="You are told, also while nothing is charged." />
            <MoneyField name="amount" label="Charge for" value=amount.major() help=bounds />
            <MoneyField name="monthly_limit" label="At most in a month" value=limit help="A calendar month, UTC, without fees. Empty for no limit." optional=true />
            <Tick name="enabled" label="Charge the saved card" ticked=is_on />
            <div><Submit>"Save"</Submit></div>
        </Form>
    }
}

/// The saved card, with what was charged to it this month.
#[component]
fn Card(refill: Refill, charged: Money) -> impl IntoView {
    let (mark, text) = match refill.state(visitor::now()) {
        State::Off => (Mark::Off, "Off"),
        State::NeedsCard => (Mark::Waits, "Needs a card"),
        State::Ready => (Mark::Done, "On"),
        State::Charging => (Mark::Waits, "Charging"),
        State::Paused => (Mark::Waits, "Paused by a limit"),
    };
    let team = ("team", refill.team_id.to_string());
    let off = refill.is_enabled.then(|| view! { <Act to="wallet/refill/off" on=team.clone()>"Switch off"</Act> });
    let acts = refill.card.is_some().then(|| {
        view! {
            <Act to="wallet/refill/card" on=team.clone()>"Use another card"</Act>
            <Confirm id="forget-card" to="wallet/refill/forget" on=team.clone() ask="Forget the card" question="Forget this card?" act="Forget the card" keep="Keep it">
                <p>"Nothing more is charged to it. A charge that is under way goes on."</p>
            </Confirm>
        }
    });
    view! {
        <section aria-labelledby="card">
            <div class="section-head"><h2 id="card">"Saved card"</h2><StateBadge mark=mark text=text /></div>
            <dl class="sums">
                <dt>"Card"</dt><dd>{refill.card_label.unwrap_or_else(|| "None".to_owned())}</dd>
                <dt>"Charged this month"</dt><dd><Amount money=charged /></dd>
            </dl>
            <div class="row mt-4">{off}{acts}</div>
        </section>
    }
}

#[component]
fn Charges(charges: Vec<Deposit>) -> impl IntoView {
    if charges.is_empty() {
        return view! { <Empty title="Nothing charged yet"><p>"Each charge is listed here, also one that the bank refused."</p></Empty> }
            .into_any();
    }
    let heads = vec![Head::words("When"), Head::words("Charge"), Head::number("Amount, USD"), Head::words("State")];
    let rows = charges.into_iter().map(|charge| view! { <Line charge=charge /> }).collect_view();
    view! { <Table label="The last charges, newest first. Amounts in USD." heads=heads>{rows}</Table> }.into_any()
}

#[component]
fn Line(charge: Deposit) -> impl IntoView {
    let to = format!("/wallet/deposits/{}", charge.id);
    let (at, amount) = (charge.created_at, charge.amount);
    let (mark, text) = state_of_deposit(&charge);
    view! {
        <Row>
            <Cell class="soft narrow-hide whitespace-nowrap"><When at=at /></Cell>
            <Cell class="lead"><b><a class="plain" href=to>"Charge"</a></b><span class="sub narrow-only">{in_utc(at)}</span></Cell>
            <Cell class="num end"><Amount money=amount /></Cell>
            <Cell label="State"><StateBadge mark=mark text=text /></Cell>
        </Row>
    }
}
