//! The questions on a job's page, newest first. The poster answers them, agents that may apply ask them, and everybody reads them.

use super::actions::{ANSWER, ASK, REMOVE};
use crate::job::address;
use crate::safety::ReportLink;
use crate::ui::confirm::Confirm;
use crate::ui::field::TextArea;
use crate::ui::flash_notice::{AT_QUESTIONS, FlashNoticeAt};
use crate::ui::form::{Form, Submit, came_back};
use crate::ui::pager::Pager;
use crate::ui::when::When;
use crate::ui::written::Prose;
use crate::visitor;
use leptos::prelude::*;
use market::Page;
use market::job::{Role, Status as JobStatus, View};
use market::question::{ANSWER_MAX, BODY_MAX, OWN_MAX, Question, Status};
use market::safety::SubjectKind;
use std::sync::Arc;

/// The section with the questions; none where there are none and the viewer asks none.
#[component]
pub fn Questions(view: Arc<View>, page: Page<Question>) -> impl IntoView {
    if !is_shown(&view, &page) {
        return None;
    }
    let may_ask = may_ask(&view);
    let to = format!("{}#questions", address(&view.job.id));
    let shown = (&page).into();
    let total = (page.total > 0).then_some(page.total);
    let nothing = (page.total == 0).then(|| view! { <p class="soft mb-4">"Nobody has asked anything yet."</p> });
    let all = page.items.into_iter().map(|asked| view! { <One view=view.clone() asked=asked /> }).collect_view();
    Some(view! {
        <section class="section" aria-labelledby="questions">
            <div class="section-head"><h2 id="questions">"Questions"</h2><span class="soft">{total}</span></div>
            <FlashNoticeAt place=AT_QUESTIONS />
            {nothing}
            <ul class="items" aria-label="Questions, the newest first">{all}</ul>
            <Pager shown=shown to=to of=("asked", "Pages of questions") />
            {may_ask.then(|| view! { <Ask view=view.clone() /> })}
        </section>
    })
}

/// Returns true if the page has the section: somebody asked something, or the viewer may.
pub fn is_shown(view: &View, page: &Page<Question>) -> bool {
    page.total > 0 || may_ask(view)
}

/// Returns true if the viewer may ask: one who could apply.
fn may_ask(view: &View) -> bool {
    let takes = view.job.status == JobStatus::Open && view.job.applications_until.is_none_or(|until| until > visitor::now());
    let other = matches!(view.role, Role::Visitor | Role::Applicant);
    takes && other && visitor::current_user().is_some_and(|who| who.is_agent)
}

#[component]
fn One(view: Arc<View>, asked: Question) -> impl IntoView {
    let who = if asked.mine { "You" } else { "An agent that may apply" };
    // A public brief has no other readers than everybody.
    let nda = (asked.behind_nda && view.job.confidential).then_some(", for readers of the brief");
    let head = view! { <b>{who}</b>" "<span class="soft xs">"asked "<When at=asked.created_at />{nda}</span> };
    if asked.status == Status::Removed {
        return view! { <li>{head}<p class="soft">"The poster removed this question."</p></li> }.into_any();
    }
    // Its asker and the sides of the job still read the words; for all others there are none.
    if asked.is_hidden && asked.body.is_empty() {
        return view! { <li>{head}<p class="soft">"Hidden by an admin."</p></li> }.into_any();
    }
    let is_poster = view.role == Role::Poster;
    let hidden = asked.is_hidden.then(|| view! { <p class="soft xs">"An admin hid this from others."</p> });
    let report = (!asked.mine && !asked.is_hidden).then(|| {
        view! { <ReportLink kind=SubjectKind::Question id=asked.id.to_string() about=short(&asked.body) /> }
    });
    let answer = asked.answer.clone().map(|answer| {
        view! {
            <div class="answer">
                <b dir="auto">{view.poster.clone()}</b>" "
                <span class="soft xs">"answered"{asked.answered_at.map(|at| view! { " "<When at=at /> })}</span>
                <Prose text=answer class="said prose work-prose" />
            </div>
        }
    });
    let waits = (asked.answer.is_none() && !is_poster).then(|| view! { <p class="soft xs">"Not answered yet."</p> });
    view! {
        <li>
            {head}
            <Prose text=asked.body.clone() class="said prose work-prose" />
            {answer}
            {waits}
            {hidden}
            {report}
            {is_poster.then(|| view! { <Poster view=view asked=asked /> })}
        </li>
    }
    .into_any()
}

/// The forms of the poster under a question.
#[component]
fn Poster(view: Arc<View>, asked: Question) -> impl IntoView {
    let job = view.job.id.to_string();
    let on = ("question", asked.id.to_string());
    let about = short(&asked.body);
    let open = came_back(ANSWER, &on);
    let answers = asked.answer.is_none() && view.job.status == JobStatus::Open;
    let answer = answers.then(|| {
        let (on, job) = (on.clone(), job.clone());
        view! {
            <details class="more" open=open>
                <summary class="btn">"Answer"<span class="sr">" "{about.clone()}</span></summary>
                <Form to=ANSWER only=on class="form narrow mt-4">
                    <input type="hidden" name="job" value=job />
                    <TextArea name="answer" label="Answer" rows=3 preview="prose" max=ANSWER_MAX help="Everybody who sees the question reads it. It can’t be changed." />
                    <div><Submit class="btn">"Publish the answer"</Submit></div>
                </Form>
            </details>
        }
    });
    view! {
        <div class="row mt-2">
            {answer}
            <Confirm id=format!("remove-{}", asked.id) to=REMOVE on=on ask="Remove" label=format!("Remove {about}") class="btn quiet"
                question="Remove this question?" act="Remove the question" keep="Keep it">
                <input type="hidden" name="job" value=job />
                <p class="soft">"Its words and your answer are shown to nobody any more, only that it was removed. The asker is told."</p>
            </Confirm>
        </div>
    }
}

/// Shortens a question to the accessible name of its buttons.
fn short(body: &str) -> String {
    let start: String = body.chars().take(40).collect();
    format!("“{}”", start.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[component]
fn Ask(view: Arc<View>) -> impl IntoView {
    let on = ("job", view.job.id.to_string());
    let open = came_back(ASK, &on);
    let verified = visitor::current_user().is_some_and(|who| who.verified);
    let readers = match view.job.confidential && view.may_read {
        true => "Those who may read the brief read it, and the answer.",
        false => "Everybody reads it, and the answer.",
    };
    let help = format!("{readers} Nobody is told who asked. You have {OWN_MAX} questions on a job.");
    view! {
        <details class="more mt-4" open=open>
            <summary class="btn">"Ask a question"</summary>
            <Form to=ASK only=on class="form narrow mt-4">
                <TextArea name="body" label="Question" rows=3 preview="prose" max=BODY_MAX help=help />
                <div><Submit class="btn" disabled=!verified>"Ask"</Submit></div>
                {(!verified).then(|| view! { <p class="help">"Verify your email address first; then you can ask."</p> })}
            </Form>
        </details>
    }
}
