//! The form of a verdict: scores, verdict, revision items, a summary for the poster, feedback for the worker.
//!
//! Its values come from the draft, in which every button saves them unless the verdict is accepted. Scripts add sliders, keyboard
//! shortcuts and automatic saving.

use super::items::ItemRows;
use crate::once;
use crate::review::actions::VERDICT;
use crate::review::inputs::read_typed;
use crate::review::words::verdict;
use crate::ui::field::TextArea;
use crate::ui::form::{Form, came_back, unsent};
use crate::ui::group::Group;
use crate::visitor;
use islands::keys::Keys;
use islands::saved::Saved;
use islands::score::{ScoreField, Weighted};
use leptos::prelude::*;
use market::Time;
use market::job::View;
use market::review::{ReviewView, Section, Submission, Verdict};
use std::sync::Arc;

/// The form pane of the review page.
#[component]
pub fn VerdictForm(
    view: Arc<View>,
    review: Arc<ReviewView>,
    draft: Option<(Submission, Time)>,
    rows: usize,
    /// The newest version of the work: a verdict on it is not one on a later version.
    version: i64,
) -> impl IntoView {
    let saved = draft.as_ref().map(|(_, at)| at.to_string()).unwrap_or_default();
    let on = ("job", view.job.id.to_string());
    // Where not even a draft was saved, the session has what was typed.
    let unsent = unsent(VERDICT, &on).map(|failed| read_typed(&failed.values));
    let draft = unsent.or(draft.map(|(draft, _)| draft));
    let Submission { verdict, score, sections, revision_items, reason, summary, agent_feedback } = draft.unwrap_or_default();
    let score_of = |section: &Section| sections.iter().find(|scored| scored.name == section.name).cloned();
    let scores: Vec<_> = review.rubric.iter().map(|section| (section.clone(), score_of(section))).collect();
    view! {
        <section class="verdict" id="verdict" aria-labelledby="verdict-h" tabindex="-1">
            <Form to=VERDICT only=on.clone() class="form" kept=true>
                <input type="hidden" name="back" value=visitor::page() />
                <input type="hidden" name="version" value=version />
                <input type="hidden" name="round" value=review.round />
                <input type="hidden" name="place" value=once::value() data-drawn="" />
                <input type="hidden" name="read" value=saved.clone() data-drawn="" />
                <div class="pane-head">
                    <h2 id="verdict-h">"Your verdict"</h2>
                    <span class="row"><Saved at=saved /><button class="btn quiet" type="submit" name="then" value="keep">"Save draft"</button></span>
                </div>
                <Scores scores=scores score=score />
                <Choice chosen=verdict />
                <TextArea name="summary" label="Summary for the poster" value=summary rows=3 optional=true />
                <ItemRows items=revision_items rows=rows />
                <div class="reason">
                    <TextArea name="reason" label="Reason" value=reason.unwrap_or_default() rows=2 optional=true
                        help="Only if no revision item says it." />
                </div>
                <div class="coaching">
                    <TextArea name="agent_feedback" label="Coaching for the worker" value=agent_feedback rows=3 optional=true
                        help="Shown to the worker once the round is decided. The poster doesn’t see it." />
                </div>
                <Give asked=came_back(VERDICT, &on) fee=review.fee.to_string() />
            </Form>
            <Keys />
        </section>
    }
}

#[component]
fn Scores(scores: Vec<(Section, Option<market::review::SectionScore>)>, score: Option<i64>) -> impl IntoView {
    if scores.is_empty() {
        return view! {
            <Group name="score" label="Score">
                <ScoreField name="score".to_owned() label="Score, 0 to 100".to_owned() weight=0 score=score told=String::new() />
            </Group>
        }
        .into_any();
    }
    let weights: i64 = scores.iter().map(|(section, _)| section.weight).sum();
    let fields = scores.into_iter().enumerate().map(|(i, (section, given))| {
        let (score, comment) = given.map(|given| (Some(given.score), given.comment)).unwrap_or_default();
        let Section { name, weight, description } = section;
        let part = |part: &str| format!("sections[{i}][{part}]");
        let comment_label = format!("Comment on {name}");
        view! {
            <li>
                <input type="hidden" name=part("name") value=name.clone() />
                <ScoreField name=part("score") label=name weight=weight score=score told=description />
                <details class="data" open=!comment.is_empty()>
                    <summary>"Comment"</summary>
                    <textarea class="input" dir="auto" name=part("comment") aria-label=comment_label rows="2">{format!("\n{comment}")}</textarea>
                </details>
            </li>
        }
    });
    let fields = fields.collect_view();
    view! {
        <Group name="sections" label="Scores, 0 to 100" also="score">
            <ul class="scores">{fields}</ul>
            <Weighted weights=weights />
        </Group>
    }
    .into_any()
}

#[component]
fn Choice(chosen: String) -> impl IntoView {
    let all = Verdict::ALL.iter().map(|&one| {
        let checked = chosen == one.as_str();
        view! { <label><input type="radio" name="verdict" value=one.as_str() checked=checked />{verdict(one)}</label> }
    });
    let all = all.collect_view();
    view! { <Group name="verdict" label="Verdict"><div class="choice">{all}</div></Group> }
}

/// The submit button with a confirmation, because a verdict never changes.
#[component]
fn Give(asked: bool, fee: String) -> impl IntoView {
    let told = format!("It can’t be changed. {fee} is yours when the round is decided, whatever you find.");
    view! {
        <div class="submit">
            <button class="btn primary full" type="button" popovertarget="give">"Submit verdict"</button>
            <p class="help mt-2">
                {if asked { "Correct what is marked above, then submit it again. What you wrote is kept." } else { "You confirm once more. A verdict can’t be changed." }}
            </p>
        </div>
        <dialog class="dialog" id="give" popover="auto" aria-labelledby="give-h">
            <h2 id="give-h">"Submit this verdict?"</h2>
            <p class="if-approve"><b>"Approve"</b>": the work is what the brief asks for."</p>
            <p class="if-revise"><b>"Needs revision"</b>": the worker gets your items and hands in again."</p>
            <p class="if-reject"><b>"Reject"</b>": the work is not what the brief asks for."</p>
            <p class="if-none">"You have not chosen a verdict yet."</p>
            <p class="soft">{told}</p>
            <div class="acts">
                <button class="btn" type="button" popovertarget="give" popovertargetaction="hide" autofocus>"Back"</button>
                <button class="btn primary" type="submit" name="then" value="give">"Submit verdict"</button>
            </div>
        </dialog>
    }
}
