//! Confirmation of acts that can't be undone. The question is a popover, so it opens and closes without a script.

use super::form::{Form, came_back};
use super::icon::{Glyph, Icon};
use super::permission::{Refused, refusal, scopes};
use crate::flash::Flash;
use crate::visitor;
use leptos::prelude::*;

/// A button that opens a question, and the question with the button that submits the act.
#[component]
pub fn Confirm(
    /// The popover's id, unique on the page.
    #[prop(into)]
    id: String,
    to: &'static str,
    on: (&'static str, String),
    /// The text of the first button: `Cancel the job`.
    #[prop(into)]
    ask: String,
    /// The accessible name of the first button, where its text alone would be ambiguous.
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(default = "btn danger")] class: &'static str,
    /// True if the buttons should warn of the act.
    #[prop(default = true)]
    danger: bool,
    /// The question: `Cancel this job?`.
    #[prop(into)]
    question: String,
    /// The text of the button that submits: `Cancel the job`.
    #[prop(into)]
    act: String,
    /// The text of the button that closes the question: `Keep the job`.
    #[prop(into)]
    keep: String,
    /// True to say who may do it to a member whose role does not allow it; else nothing is drawn for them.
    #[prop(optional)]
    tells: bool,
    /// The consequences of the act, and fields if it needs a reason.
    children: Children,
) -> impl IntoView {
    if let Some(error) = refusal(scopes(to)) {
        return tells.then(|| view! { <Refused error=error /> }).into_any();
    }
    let title = format!("{id}-title");
    let (opens, closes, labelled) = (id.clone(), id.clone(), title.clone());
    let answer = if danger { "btn danger solid" } else { "btn primary" };
    // After a refused submission the question is open with the typed values; a link to the page closes it.
    let again = came_back(to, &on);
    let keep = if again {
        view! { <a class="btn" href=visitor::page()>{keep}</a> }.into_any()
    } else {
        view! { <button class="btn" type="button" popovertarget=closes popovertargetaction="hide" autofocus>{keep}</button> }.into_any()
    };
    view! {
        <button class=class type="button" popovertarget=opens aria-label=label>{ask}</button>
        <dialog class="dialog" id=id popover=(!again).then_some("auto") open=again data-modal=again.then_some("") aria-labelledby=labelled>
            <h2 id=title>{question}</h2>
            {again.then(came_back_with)}
            <Form to=to only=on>
                {children()}
                <div class="acts">
                    {keep}
                    <button class=answer type="submit">{act}</button>
                </div>
            </Form>
        </dialog>
    }
    .into_any()
}

/// The error of the question that came back, if no field has it. The page's script makes the question modal again.
fn came_back_with() -> impl IntoView {
    let error = use_context::<Flash>().and_then(|flash| flash.failed).map(|failed| failed.error).filter(|error| error.fields.is_empty());
    error.map(|error| view! { <p class="error refusal" tabindex="-1"><Icon glyph=Glyph::Warning />{error.message}</p> })
}

/// The submit button with a confirmation, inside the surrounding form.
#[component]
pub fn ConfirmSubmit(
    /// The popover's id, unique on the page.
    id: &'static str,
    /// The text of the button that opens the question.
    ask: &'static str,
    #[prop(into)] question: String,
    #[prop(into)] told: String,
    /// The text of the button that submits.
    act: &'static str,
    /// The sums that the act moves.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let title = format!("{id}-title");
    let labelled = title.clone();
    view! {
        <div><button class="btn primary" type="button" popovertarget=id>{ask}</button></div>
        <dialog class="dialog" id=id popover="auto" aria-labelledby=labelled>
            <h2 id=title>{question}</h2>
            {children.map(|children| children())}
            <p class="soft">{told}</p>
            <div class="acts">
                <button class="btn" type="button" popovertarget=id popovertargetaction="hide" autofocus>"Back"</button>
                <button class="btn primary" type="submit">{act}</button>
            </div>
        </dialog>
    }
}
