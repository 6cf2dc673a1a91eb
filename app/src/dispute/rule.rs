//! The admin's form for a ruling: the distribution of the money, and the reason.

use super::actions;
use crate::ui::confirm::ConfirmSubmit;
use crate::ui::field::{MoneyField, TextArea};
use crate::ui::form::{Form, field_id, typed};
use crate::ui::group::Group;
use islands::split::RulingSums;
use leptos::prelude::*;
use market::dispute::{Case, Dispute};
use std::sync::Arc;

/// The form for a ruling.
#[component]
pub fn Rule(case: Arc<Case>) -> impl IntoView {
    let Dispute { id, poster, worker, price, .. } = case.dispute.clone();
    let share = format!("{worker} receives this: more than nothing and less than {price}. {poster} gets the rest back.");
    view! {
        <section class="section" aria-labelledby="rule">
            <div class="section-head"><h2 id="rule">"Your ruling"</h2></div>
            <Form to=actions::RULE only=("dispute", id.to_string()) class="form narrow ruling">
                <Choice release=format!("{price} to {worker}") refund=format!("Refund everything to {poster}") />
                <div class="if-split"><MoneyField name="worker_share" label="The worker’s share" help=share /></div>
                <TextArea name="reason" label="Reason" rows=5 max=5_000 help="Both sides read it." />
                <ConfirmSubmit id="rule-once" ask="Rule" question="Rule on this dispute?"
                    told="The money moves at once, and the ruling is final. Both sides read it with your reason." act="Rule">
                    <RulingSums price=price.0 worker=worker poster=poster share=field_id(actions::RULE, "worker_share") />
                </ConfirmSubmit>
            </Form>
        </section>
    }
}

#[component]
fn Choice(release: String, refund: String) -> impl IntoView {
    let chosen = typed("ruling");
    let all = [("release", release), ("refund", refund), ("split", "Split it: a part to each".to_owned())].map(|(word, text)| {
        let checked = chosen.as_deref() == Some(word);
        view! { <label class="check"><input type="radio" name="ruling" value=word checked=checked />{text}</label> }
    });
    view! { <Group name="ruling" label="Where the money goes">{all.into_iter().collect_view()}</Group> }
}
