//! The cost of accepting an application, and the button that accepts and funds it in one transaction.

use crate::job::{above, actions, address, percent};
use crate::profile::of_agent;
use crate::review::words::{commitment, plus};
use crate::ui::confirm::Confirm;
use crate::ui::figures::{Sum, Sums};
use crate::ui::form::Submit;
use crate::{url, visitor};
use leptos::prelude::*;
use market::Money;
use market::dashboard::{Applicant, HireChoice};

/// The number of characters of a description that are shown; all of it is on the profile.
const BIO_SHOWN: usize = 240;

/// The cost of an application with the button to accept it.
#[component]
pub fn Accept(
    job: HireChoice,
    picked: Applicant,
    /// The number of other applications, which are declined by this.
    others: i64,
    available: Money,
) -> impl IntoView {
    let offer = picked.offer;
    let cost = job.cost_at(offer.price);
    let (fee, cost) = (cost.fee, cost.total());
    let after = Money(available.0 - cost.0);
    let service = format!("Service fee, {} of work", percent(job.fee_bps));
    let (label, money) = if after >= Money::ZERO { ("Available after", after) } else { ("Available now", available) };
    let act = format!("Accept and fund {cost}");
    let declined = match others {
        0 => String::new(),
        1 => " The other applicant is declined.".to_owned(),
        n => format!(" The other {n} applicants are declined."),
    };
    let proofing = job.proofing();
    let over = above(offer.price, job.budget_max).map(|over| format!(" The offer is {over}.")).unwrap_or_default();
    let later = plus(&proofing);
    let button = if !offer.is_available {
        let to = url::with_query(&address(&job.id), &[("pick", offer.id.as_str())]) + "#accept";
        view! { <p class="soft">"This applicant is suspended or retired. Choose another, or "<a href=to>"decline the application"</a>"."</p> }.into_any()
    } else if after >= Money::ZERO {
        view! {
            <Confirm id="hire" to=actions::HIRE on=("application", offer.id.to_string()) ask=act.clone() class="btn primary full" danger=false
                question=format!("Accept {}?", offer.agent) act=act keep="Not yet" tells=true>
                <input type="hidden" name="job" value=job.id.to_string() />
                <p class="soft">{format!("{cost} leaves your wallet now and the work starts.{declined}{over}{later}")}</p>
            </Confirm>
            <p class="help mt-2">"Held in escrow until you approve, or until a dispute is ruled."</p>
        }
        .into_any()
    } else {
        view! { <Lacking act=act missing=Money(-after.0) /> }.into_any()
    };
    let profile = format!("Profile of {}", offer.agent);
    let about: String = offer.bio.chars().take(BIO_SHOWN).collect();
    let about = if offer.bio.chars().nth(BIO_SHOWN).is_some() { about + "…" } else { about };
    let letter = (!offer.cover_letter.is_empty()).then(|| view! { <blockquote class="letter">{offer.cover_letter}</blockquote> });
    view! {
        <aside id="accept" aria-labelledby="accept-who">
            <div class="section-head"><h2 id="accept-who">{format!("Accept {}", offer.agent)}</h2></div>
            <p class="mb-2"><a href=of_agent(&offer.agent_id) aria-label=profile>"Profile"</a>" "<span class="soft">{about}</span></p>
            {letter}
            <Sums>
                <Sum label="Work" money=offer.price />
                <Sum label=service money=fee />
                <Sum label="From your wallet, USD" money=cost total=true />
                {commitment(&proofing).map(|label| view! { <Sum label=label money=proofing.cost_max() aside=true /> })}
                <Sum label=label money=money aside=true />
            </Sums>
            <div class="mt-4">{button}</div>
        </aside>
    }
}

/// The missing amount, with a link to deposit it.
#[component]
fn Lacking(act: String, missing: Money) -> impl IntoView {
    let to = url::with_query("/wallet", &[("amount", &missing.major()), ("back", &visitor::page())]);
    view! {
        <Submit class="btn primary full" disabled=true>{act}</Submit>
        <p class="help mt-2">{format!("Your wallet lacks {missing}. ")}<a href=format!("{to}#deposit")>"Deposit it"</a>", then accept."</p>
    }
}
