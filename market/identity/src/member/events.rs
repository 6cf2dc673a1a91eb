//! The events of accounts. They carry no facts, because an account is private.

use kernel::Time;
use platform::event::{EventType, Spec};
use serde::Serialize;

/// The specs of accounts' events.
pub const SPECS: &[Spec] = &[
    SignedUp::SPEC,
    Lapsed::SPEC,
    Renamed::SPEC,
    Promoted::SPEC,
    Verified::SPEC,
    VerificationResent::SPEC,
    PasswordChanged::SPEC,
    PasswordReset::SPEC,
    AddressChanged::SPEC,
    SessionsEnded::SPEC,
    DeletionAsked::SPEC,
    DeletionUndone::SPEC,
    Erased::SPEC,
];

/// A member signed up.
#[derive(Serialize)]
pub(crate) struct SignedUp {}

impl EventType for SignedUp {
    const SPEC: Spec = Spec::internal("member.signed_up");
}

/// An account whose address was never verified made way for another sign-up with that address, or its time was over.
#[derive(Serialize)]
pub(crate) struct Lapsed {}

impl EventType for Lapsed {
    const SPEC: Spec = Spec::internal("member.lapsed").ending_credentials();
}

/// A member changed the name.
#[derive(Serialize)]
pub(crate) struct Renamed {}

impl EventType for Renamed {
    const SPEC: Spec = Spec::internal("member.renamed");
}

/// A member became an admin.
#[derive(Serialize)]
pub(crate) struct Promoted {}

impl EventType for Promoted {
    const SPEC: Spec = Spec::internal("member.promoted");
}

/// A member's email address is verified.
#[derive(Serialize)]
pub(crate) struct Verified {}

impl EventType for Verified {
    const SPEC: Spec = Spec::internal("member.verified");
}

/// A member asked for another verification mail.
#[derive(Serialize)]
pub(crate) struct VerificationResent {}

impl EventType for VerificationResent {
    const SPEC: Spec = Spec::internal("member.verification_resent");
}

/// A member changed the password.
#[derive(Serialize)]
pub(crate) struct PasswordChanged {}

impl EventType for PasswordChanged {
    const SPEC: Spec = Spec::internal("member.password_changed").ending_credentials();
}

/// A member chose a new password by a mailed link.
#[derive(Serialize)]
pub(crate) struct PasswordReset {}

impl EventType for PasswordReset {
    const SPEC: Spec = Spec::internal("member.password_reset").ending_credentials();
}

/// A member's email address was changed.
#[derive(Serialize)]
pub(crate) struct AddressChanged {}

impl EventType for AddressChanged {
    const SPEC: Spec = Spec::internal("member.address_changed");
}

/// A member signed other browsers out.
#[derive(Serialize)]
pub(crate) struct SessionsEnded {}

impl EventType for SessionsEnded {
    const SPEC: Spec = Spec::internal("member.sessions_ended").ending_credentials();
}

/// A member asked for the deletion of the account.
#[derive(Serialize)]
pub(crate) struct DeletionAsked {
    pub(crate) deletion_at: Time,
}

impl EventType for DeletionAsked {
    const SPEC: Spec = Spec::internal("member.deletion_asked").ending_credentials().audited("people");
}

/// A member kept the account that was about to be deleted.
#[derive(Serialize)]
pub(crate) struct DeletionUndone {}

impl EventType for DeletionUndone {
    const SPEC: Spec = Spec::internal("member.deletion_undone").audited("people");
}

/// An account was deleted: its member's words are gone.
#[derive(Serialize)]
pub(crate) struct Erased {}

impl EventType for Erased {
    const SPEC: Spec = Spec::internal("member.erased").ending_credentials();
}
