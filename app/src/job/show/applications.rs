//! The applications for a job side by side, and the cost of accepting one.

use crate::job::{above, actions, address, percent};
use crate::profile::AgentLink;
use crate::review::words::{commitment, plus};
use crate::ui::confirm::Confirm;
use crate::ui::field::{Select, TextArea};
use crate::ui::figures::{Sum, Sums};
use crate::ui::form::{Form, Submit};
use crate::ui::notice::Empty;
use crate::ui::pager::Pager;
use crate::ui::table::{Cell, Head, Row, Table};
use crate::ui::when::When;
use crate::{url, visitor};
use leptos::prelude::*;
use market::application::{Application, Reason, Status};
use market::job::{Escrow, Status as Stage, View};
use market::{Money, Page};
use std::sync::Arc;

/// The table of applications.
#[component]
pub fn Applications(view: Arc<View>, page: Page<Application>, picked: Option<Application>) -> impl IntoView {
    let open = view.job.status == Stage::Open;
    let shown = (&page).into();
    let to = address(&view.job.id);
    let heads = vec![
        Head::words("Applicant"),
        Head::number("Price, USD"),
        Head::number("Finished"),
        Head::number("Applied"),
        if open { Head::act("Choose") } else { Head::number("Result") },
    ];
    let picked = picked.map(|picked| picked.id);
    let total = page.total;
    let rows = page.items.into_iter().map(|one| {
        let chosen = picked.as_ref() == Some(&one.id) || one.status == Status::Accepted;
        view! { <Offer view=view.clone() one=one chosen=chosen open=open /> }
    });
    let rows = rows.collect_view();
    let table = if total == 0 {
        view! { <Empty title=if open { "No applications yet" } else { "No applications" }>{open.then(|| view! { <p>"You are told of each. A clear brief and a fair budget bring the first."</p> })}</Empty> }
            .into_any()
    } else {
        view! { <Table class="table fold pairs" label="Applications to this job" heads=heads>{rows}</Table> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="applications">
            <div class="section-head"><h2 id="applications">"Applications"</h2><span class="soft">{total}</span></div>
            {table}
            <Pager shown=shown to=to />
        </section>
    }
}

#[component]
fn Offer(view: Arc<View>, one: Application, chosen: bool, open: bool) -> impl IntoView {
    let to = url::with_query(&address(&view.job.id), &[("pick", one.id.as_str())]) + "#accept";
    let label = format!("Choose {}", one.agent);
    let letter = (!one.cover_letter.is_empty()).then(|| view! { <span class="letter" dir="auto">{one.cover_letter.clone()}</span> });
    let result = match one.status {
        _ if can_only_be_declined(&view, &one) => {
            let label = format!("Decline {}, who is suspended", one.agent);
            view! { <a class="btn" href=to aria-label=label>"Decline"</a><span class="sub">"Account suspended"</span> }.into_any()
        }
        Status::Pending if open => view! { <a class="btn" href=to aria-label=label>"Choose"</a> }.into_any(),
        Status::Accepted => "Accepted".into_any(),
        Status::Declined => view! { <span class="faint">"Not chosen"</span> }.into_any(),
        Status::Withdrawn => view! { <span class="faint">"Withdrawn"</span> }.into_any(),
        Status::Pending => view! { <span class="faint">"Waiting"</span> }.into_any(),
    };
    view! {
        <Row chosen=chosen>
            <Cell class="lead"><b><AgentLink text=one.agent id=Some(one.agent_id) /></b>{letter}</Cell>
            <Cell class="num end">
                <span class="money">{one.price.to_string()}</span>
                {above(one.price, view.job.budget_max).map(|above| view! { <span class="sub">{above}</span> })}
            </Cell>
            <Cell class="num" label="Finished">{one.finished}</Cell>
            <Cell class="num" label="Applied">
                <When at=one.created_at day_only=true />
                {one.changed_at.map(|at| view! { <span class="sub">"changed "<When at=at day_only=true /></span> })}
            </Cell>
            <Cell class="act">{result}</Cell>
        </Row>
    }
}

/// Returns true for the application of somebody who was suspended before the poster paid: nothing but a no is left.
fn can_only_be_declined(view: &View, one: &Application) -> bool {
    let waits = matches!((view.job.status, one.status), (Stage::Open, Status::Pending) | (Stage::PendingEscrow, Status::Accepted));
    waits && !one.is_available
}

/// The section about a suspended applicant, with the button that declines the application.
#[component]
fn Suspended(view: Arc<View>, picked: Application) -> impl IntoView {
    let name = format!("Decline {}", picked.agent);
    let then = if view.job.status == Stage::Open { "" } else { " Your job is open again then." };
    view! {
        <section class="mb-12" aria-labelledby="accept">
            <div class="section-head"><h2 id="accept">{name}</h2></div>
            <p class="soft mb-4">{format!("The account of this applicant is suspended, so nobody can do the work. Decline the application, and choose another.{then}")}</p>
            <Decline view=view picked=picked />
        </section>
    }
}

/// The cost of accepting an application, above the buttons that do it.
#[component]
pub fn Accept(view: Arc<View>, picked: Application, available: Money) -> impl IntoView {
    if can_only_be_declined(&view, &picked) {
        return view! { <Suspended view=view picked=picked /> }.into_any();
    }
    let (price, fee) = (picked.price, view.job.cost_at(picked.price).fee);
    let held = view.job.held();
    // What is held already is returned, as far as the offer does not need it.
    let due = Money(price.0 + fee.0 - held.0);
    let after = Money(available.0 - due.0);
    let service = format!("Service fee, {} of work", percent(view.job.fee_bps));
    let name = format!("Accept {}", picked.agent);
    let (over, proofing) = (above(price, view.job.budget_max), view.job.proofing());
    (view.job.status == Stage::Open && picked.status == Status::Pending)
        .then(|| {
            view! {
                <section class="mb-12" aria-labelledby="accept">
                    <div class="section-head"><h2 id="accept">{name}</h2></div>
                    {over.map(|over| view! { <p class="soft mb-2">{format!("This offer is {over}.")}</p> })}
                    <Sums>
                        <Sum label="Work" money=price />
                        <Sum label=service money=fee />
                        {(held > Money::ZERO).then(|| view! { <Sum label="Held since the posting" money=held aside=true /> })}
                        {if due >= Money::ZERO {
                            view! { <Sum label="From your wallet, USD" money=due total=true /> }.into_any()
                        } else {
                            view! { <Sum label="Back to your wallet, USD" money=Money(-due.0) total=true /> }.into_any()
                        }}
                        {commitment(&proofing).map(|label| view! { <Sum label=label money=proofing.cost_max() aside=true /> })}
                        {if after >= Money::ZERO {
                            view! { <Sum label="Available after" money=after aside=true /> }.into_any()
                        } else {
                            view! { <Sum label="Available now" money=available aside=true /> }.into_any()
                        }}
                    </Sums>
                    <Choice view=view picked=picked due=due missing=Money(-after.0) />
                </section>
            }
        })
        .into_any()
}

#[component]
fn Choice(view: Arc<View>, picked: Application, due: Money, missing: Money) -> impl IntoView {
    let (offer, agent) = (picked.id.to_string(), picked.agent.clone());
    let job = view.job.id.to_string();
    let lacks = missing > Money::ZERO;
    let deposit = url::with_query("/wallet", &[("amount", &missing.major()), ("back", &address(&view.job.id))]);
    let help = if lacks {
        view! { <p class="help mt-2">{format!("Your wallet lacks {missing}. ")}<a href=format!("{deposit}#deposit")>"Deposit it"</a>", then accept."</p> }.into_any()
    } else {
        view! { <p class="help mt-2">"Held in escrow until you have judged the work."</p> }.into_any()
    };
    // The price that the poster reads goes along: an offer that was changed meanwhile is not accepted unread.
    let seen = picked.price.0.to_string();
    let is_held = view.job.escrow == Escrow::Held;
    let cost = view.job.cost_at(picked.price).total();
    let act = if is_held { "Accept, the work starts".to_owned() } else { format!("Accept and fund {cost}") };
    let moved = match due.0 {
        0 => "Nothing more leaves your wallet".to_owned(),
        1.. => format!("{due} leaves your wallet now"),
        _ => format!("{} comes back to your wallet", Money(-due.0)),
    };
    let over = above(picked.price, view.job.budget_max).map(|over| format!(" The offer is {over}.")).unwrap_or_default();
    let later = plus(&view.job.proofing());
    let fund = if lacks {
        view! { <Submit class="btn primary full" disabled=true>{act}</Submit> }.into_any()
    } else {
        let (job, seen) = (job.clone(), seen.clone());
        view! {
            <Confirm id="hire" to=actions::HIRE on=("application", offer.clone()) ask=act.clone() class="btn primary full" danger=false
                question=format!("Accept {agent}?") act=act keep="Not yet" tells=true>
                <input type="hidden" name="job" value=job />
                <input type="hidden" name="seen" value=seen />
                <p class="soft">{format!("{moved} and the work starts. Other applications are declined.{over}{later}")}</p>
            </Confirm>
        }
        .into_any()
    };
    view! {
        <div class="mt-4 grid gap-2">
            {fund}
            {(!is_held).then(|| view! { <OtherWays job=job offer=offer seen=seen cost=cost /> })}
            <Decline view=view picked=picked />
        </div>
        {help}
    }
}

/// The ways to accept without paying from the wallet now.
#[component]
fn OtherWays(job: String, offer: String, seen: String, cost: Money) -> impl IntoView {
    let rules = visitor::rules();
    let by_card = rules.payment_provider.is_some() && (rules.deposit_min..=rules.deposit_max).contains(&cost);
    let sent = (job.clone(), offer.clone(), seen.clone());
    view! {
        {by_card.then(|| {
            let (job, offer, seen) = sent;
            view! {
                <Form to=actions::CARD class="contents" only=("application", offer)>
                    <input type="hidden" name="job" value=job />
                    <input type="hidden" name="seen" value=seen />
                    <button class="btn full" type="submit">{format!("Accept and pay {cost} by card")}</button>
                </Form>
            }
        })}
        <Form to=actions::ACCEPT class="contents" only=("application", offer)>
            <input type="hidden" name="job" value=job />
            <input type="hidden" name="seen" value=seen />
            <button class="btn full" type="submit">"Accept, fund later"</button>
        </Form>
    }
}

/// The button that declines an application, with a reason that the applicant reads.
#[component]
fn Decline(view: Arc<View>, picked: Application) -> impl IntoView {
    let reasons = Reason::GIVEN.iter().map(|&reason| (reason.as_str().to_owned(), why_not(reason).to_owned())).collect();
    let agent = picked.agent;
    view! {
        <Confirm id="decline" to=actions::DECLINE on=("application", picked.id.to_string()) ask=format!("Decline {agent}") class="btn quiet full"
            danger=false question=format!("Decline {agent}?") act="Decline" keep="Back">
            <input type="hidden" name="job" value=view.job.id.to_string() />
            <p class="soft">"They read the reason, and can’t apply to this job again."</p>
            <Select name="reason" label="Reason" options=reasons value=Reason::Other.as_str() />
            <TextArea name="message" label="Message" rows=2 optional=true />
        </Confirm>
    }
}

const fn why_not(reason: Reason) -> &'static str {
    match reason {
        Reason::Price => "The price is too high",
        Reason::Experience => "I look for more experience",
        Reason::Unclear => "It does not say how the work would be done",
        Reason::OtherChosen => "Somebody else was chosen",
        Reason::JobClosed => "The job was closed",
        Reason::NoShow => "No verdict came in time",
        Reason::Other => "Something else",
    }
}
