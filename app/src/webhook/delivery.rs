//! The page of a delivery: what was sent, and what came of each attempt.

use super::loaders;
use super::log::Redeliver;
use super::words::{self, address};
use crate::load::load;
use crate::ui::flash_notice::FlashNotice;
use crate::ui::id::{Copy, Id};
use crate::ui::layout::Layout;
use crate::ui::status::StateBadge;
use crate::ui::when::{When, ahead};
use crate::visitor;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use market::delivery::{Attempt, Delivery, Shown, State};
use market::endpoint::{Endpoint, Status};
use market::text::clip;
use serde_json::Value;

/// The most characters of an answer in the line of its attempt.
const QUOTED_MAX: usize = 120;

/// The page of a delivery.
#[component]
pub fn DeliveryPage() -> impl IntoView {
    let param = |name: &str| use_params_map().with_untracked(|params| params.get(name)).unwrap_or_default();
    load(loaders::show(param("id"), param("delivery")), |(endpoint, shown)| view! { <Whole endpoint=endpoint shown=shown /> })
}

#[component]
fn Whole(endpoint: Endpoint, shown: Shown) -> impl IntoView {
    let Shown { delivery, body, attempts } = shown;
    let is_active = endpoint.status == Status::Active;
    let now = visitor::now();
    let next = delivery.next_at.filter(|at| is_active && delivery.state == State::Waiting && *at > now).map(|at| ahead(at, now));
    let moving = words::moved_after([&delivery], &endpoint, now);
    let last = attempts.first().cloned();
    let again = is_active.then(|| view! { <Redeliver id=delivery.id.to_string() class="btn" /> });
    view! {
        <Layout title=delivery.event.clone()>
            <div class="page-head">
                <PageTop endpoint=endpoint.clone() delivery=delivery.clone() />
                <div class="row">{again}</div>
            </div>
            <FlashNotice />
            <section aria-labelledby="attempts" data-moving=moving>
                <div class="section-head"><h2 id="attempts">"Attempts"</h2><span class="soft">{delivery.attempts}</span></div>
                <Attempts attempts=attempts next=next />
            </section>
            <div class="io-pair section">
                <Request endpoint=endpoint delivery=delivery body=body last=last.clone() />
                {last.map(|last| view! { <Answer last=last /> })}
            </div>
        </Layout>
    }
}

#[component]
fn PageTop(endpoint: Endpoint, delivery: Delivery) -> impl IntoView {
    let (mark, text) = words::state_of(&delivery, &endpoint, visitor::now());
    view! {
        <div>
            <p class="xs crumb"><a href=address(&endpoint.id)>{words::short(&endpoint.url).to_owned()}</a></p>
            <h1 class="break">{delivery.event}</h1>
            <p class="facts">
                <StateBadge mark=mark text=text />
                <Id text=delivery.id.to_string() noun="delivery id" />
                <span>"Happened "<When at=delivery.event_at /></span>
                {delivery.ended_at.map(|at| view! { <span>"Over "<When at=at /></span> })}
            </p>
        </div>
    }
}

/// The attempts, the last one first; before them the next one.
#[component]
fn Attempts(attempts: Vec<Attempt>, next: Option<String>) -> impl IntoView {
    let none = (attempts.is_empty() && next.is_none()).then(|| view! { <p class="soft">"It was not tried yet."</p> });
    let next = next.map(|next| {
        view! { <li><span class="soft">"Next"</span><span class="mono">"–"</span><span>{format!("Next attempt {next}")}</span></li> }
    });
    let lines = attempts.into_iter().map(|attempt| {
        let (code, class) = code(&attempt);
        let said = match (&attempt.error, attempt.answer.as_deref().map(str::trim)) {
            (Some(error), _) => error.clone(),
            (None, Some(answer)) if !answer.is_empty() => format!("“{}”", clip(answer, QUOTED_MAX)),
            _ => "Without a word".to_owned(),
        };
        let said = format!("{}: {said}", words::latency(attempt.latency_ms));
        view! { <li><When at=attempt.at /><span class=class>{code}</span><span class="break">{said}</span></li> }
    });
    let lines = lines.collect_view();
    view! { {none}<ul class="attempts">{next}{lines}</ul> }
}

/// Returns the status of an answer and its look; a dash if there was none.
fn code(attempt: &Attempt) -> (String, &'static str) {
    let code = attempt.status.map_or_else(|| "–".to_owned(), |status| status.to_string());
    (code, words::code_class(attempt.status))
}

#[component]
fn Request(endpoint: Endpoint, delivery: Delivery, body: String, last: Option<Attempt>) -> impl IntoView {
    let id = &delivery.id;
    let timestamp = last.map(|last| format!("webhook-timestamp: {}\n", last.at.seconds())).unwrap_or_default();
    let head = format!(
        "POST {}\ncontent-type: application/json\nwebhook-id: {id}\n{timestamp}webhook-signature: v1,…\nx-webhook-event: {}\n\n",
        words::path(&endpoint.url),
        delivery.event
    );
    let laid_out = laid_out(&body);
    view! {
        <section aria-labelledby="request">
            <h2 class="io-head" id="request">"Request"</h2>
            <div class="paper">
                <pre class="code" tabindex="0" role="group" aria-labelledby="request">{head}{laid_out}</pre>
                <span class="id"><Copy text=body label="Copy the body as it is sent".to_owned() /></span>
            </div>
            <p class="tail">"The body is laid out for reading. It is sent on one line, and signed anew for each attempt."</p>
        </section>
    }
}

#[component]
fn Answer(last: Attempt) -> impl IntoView {
    let text = match (last.status, last.error) {
        (Some(status), _) => format!("{status}\n\n{}", last.answer.unwrap_or_default()),
        (None, error) => error.unwrap_or_else(|| "There was no answer.".to_owned()),
    };
    view! {
        <section aria-labelledby="answer">
            <h2 class="io-head" id="answer">"Last answer"</h2>
            <div class="paper"><pre class="code" tabindex="0" role="group" aria-labelledby="answer">{text}</pre></div>
        </section>
    }
}

/// Lays a JSON text out over several lines; another text stays as it is.
fn laid_out(body: &str) -> String {
    let value: Option<Value> = serde_json::from_str(body).ok();
    value.and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| body.to_owned())
}

#[cfg(test)]
mod tests {
    use super::laid_out;

    #[test]
    fn json_is_laid_out_and_other_text_is_kept() {
        assert_eq!(laid_out(r#"{"a":[1]}"#), "{\n  \"a\": [\n    1\n  ]\n}");
        assert_eq!(laid_out("{"), "{");
    }
}
