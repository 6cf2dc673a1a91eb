//! Acts that can't be undone ask once more. The question is a popover: it opens and closes without a script.

use super::form::{Form, came_back};
use crate::visitor;
use leptos::prelude::*;

/// A button that opens a question, and the question with the button that acts.
#[component]
pub fn Confirm(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    to: &'static str,
    on: (&'static str, String),
    /// What the first button says: `Cancel the job`.
    #[prop(into)]
    ask: String,
    /// What the first button is called where its text alone would be ambiguous.
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(default = "btn danger")] class: &'static str,
    /// Whether the act is one to be warned of.
    #[prop(default = true)]
    danger: bool,
    /// The question: `Cancel this job?`.
    #[prop(into)]
    question: String,
    /// What the second button says: `Cancel the job`.
    #[prop(into)]
    act: String,
    /// What the way out says: `Keep the job`.
    #[prop(into)]
    keep: String,
    /// What will happen, and fields if the act needs a reason.
    children: Children,
) -> impl IntoView {
    let title = format!("{id}-title");
    let (opens, closes, labelled) = (id.clone(), id.clone(), title.clone());
    let answer = if danger { "btn danger solid" } else { "btn primary" };
    // Sent and wrong: the question stands open with what was typed, and its way out is the page itself.
    let again = came_back(to, &on);
    let keep = if again {
        view! { <a class="btn" href=visitor::page()>{keep}</a> }.into_any()
    } else {
        view! { <button class="btn" type="button" popovertarget=closes popovertargetaction="hide" autofocus>{keep}</button> }.into_any()
    };
    view! {
        <button class=class type="button" popovertarget=opens aria-label=label>{ask}</button>
        <dialog class="dialog" id=id popover=(!again).then_some("auto") open=again aria-labelledby=labelled>
            <h2 id=title>{question}</h2>
            <Form to=to only=on>
                {children()}
                <div class="acts">
                    {keep}
                    <button class=answer type="submit">{act}</button>
                </div>
            </Form>
        </dialog>
    }
}
