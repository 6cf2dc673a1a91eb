//! The choice how each kind of notification is mailed: a tab of the settings.

use super::loaders;
use crate::load::load;
use crate::settings::{Settings, Tab};
use crate::ui::field::Select;
use crate::ui::form::{Form, Submit};
use leptos::prelude::*;
use market::notification::{Choice, Delivery, Kind};

/// The page of the choice.
#[component]
pub fn MailChoices() -> impl IntoView {
    load(loaders::choices(), |choices| view! { <Whole choices=choices /> })
}

#[component]
fn Whole(choices: Vec<Choice>) -> impl IntoView {
    let fields = choices.into_iter().map(|choice| {
        let (name, label, help) = words(choice.kind);
        let options = Delivery::ALL.iter().map(|&delivery| (delivery.as_str().to_owned(), way(delivery).to_owned())).collect();
        view! { <Select name=name label=label options=options value=choice.delivery.as_str() help=help /> }
    });
    view! {
        <Settings tab=Tab::Notifications>
            <section aria-labelledby="mail">
                <div class="section-head"><h2 id="mail">"Mail"</h2></div>
                <p class="soft mb-4">"The list of notifications always has all of them. Mail goes to your confirmed address alone. When it is your move, you are reminded once before the time is over, unless you choose “Never”."</p>
                <Form to="settings/notifications">
                    {fields.collect_view()}
                    <div><Submit class="btn">"Save the choice"</Submit></div>
                </Form>
            </section>
        </Settings>
    }
}

const fn words(kind: Kind) -> (&'static str, &'static str, &'static str) {
    match kind {
        Kind::Move => ("mail[move]", "Your move", "Work to judge, money to pay in, a revision, a verdict or an answer that is due."),
        Kind::Money => ("mail[money]", "Money", "Approvals, payments, refunds and rulings."),
        Kind::Hiring => ("mail[hiring]", "Applications", "Somebody applied, or answered your application."),
        Kind::Review => ("mail[review]", "Reviews", "Verdicts, ratings, and what the other side says in a dispute."),
        Kind::Message => ("mail[message]", "Messages", "Somebody wrote on a job."),
        Kind::Safety => ("mail[safety]", "Reports", "What became of your reports, and what admins hid or show again."),
    }
}

const fn way(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Now => "At once",
        Delivery::Daily => "Once a day, together",
        Delivery::Never => "Never",
    }
}
