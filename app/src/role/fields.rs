//! The fields of a role: its name, and a box for each permission.

use super::words::{SUBJECTS, Subject};
use crate::ui::field::Field;
use crate::ui::form::{Submit, typed_all};
use crate::ui::group::Group;
use leptos::prelude::*;
use market::scope::{self, PERMISSIONS};

/// The form's field with the permissions, as browsers send it.
const FIELD: &str = "scopes[]";

/// The fields of a role, filled in if there is one already.
#[component]
pub fn RoleFields(
    name: String,
    /// The scopes that the role allows.
    scopes: Vec<String>,
    /// The permissions that the visitor has and can give.
    gives: Vec<&'static str>,
    /// The text of the button.
    save: &'static str,
) -> impl IntoView {
    let chosen = typed_all(FIELD);
    let ticked = move |permission: &str| match &chosen {
        Some(chosen) => chosen.iter().any(|one| one == permission),
        None => scope::allow(&scopes, permission),
    };
    let all = gives.len() == PERMISSIONS.len();
    let help =
        if all { "Whoever changes something mostly has to see it as well." } else { "You can’t give what you may not do yourself." };
    let lines = SUBJECTS.map(|subject| line(subject, &gives, &ticked)).into_iter().collect_view();
    view! {
        <Field name="name" label="Name" value=name max=60 help="As it stands in the list of members." />
        <Group name="scopes" label="May do" help=help>
            <div class="permits">{lines}</div>
        </Group>
        <div><Submit>{save}</Submit></div>
    }
}

/// The boxes of a subject.
fn line(subject: Subject, gives: &[&'static str], ticked: &dyn Fn(&str) -> bool) -> impl IntoView + use<> {
    let boxes = subject.permissions().map(|(permission, about)| {
        let (ticked, disabled) = (ticked(permission), !gives.contains(&permission));
        view! {
            <label class="check">
                <input type="checkbox" name=FIELD value=permission checked=ticked disabled=disabled />
                {about}
            </label>
        }
    });
    let id = format!("permits-{}", subject.resource);
    let label = id.clone();
    view! { <div role="group" aria-labelledby=label><span class="label" id=id>{subject.name}</span>{boxes.collect_view()}</div> }
}
