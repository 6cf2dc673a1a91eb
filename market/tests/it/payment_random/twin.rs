//! A provider that does what it is asked and may lose the answer. It is the truth about the money.

use market::deposit::{Method, Step};
use market::payment::{
    BankState, CardRefusal, ChargeNews, ChargeRequest, CheckoutNews, Content, News, PayoutNews, PayoutRequest, ReversalNews, ReversalState,
    Sending, TransferNews, errors,
};
use market::{Error, Money, Result, payee};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard};

mod provider;

pub(crate) const NAME: &str = "twin";
const GOOD: &str = "card_good";

/// The fate of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Luck {
    Fine,
    /// Nothing is done, and nothing is answered.
    Unreachable,
    /// It is done, and the answer never comes: the network failed, or our program ended.
    AnswerLost,
    /// The first half of it is done, and nothing is answered.
    HalfDone,
    /// A payout finds too little money, for now.
    TooLittle,
    /// A payout is refused for good.
    Refused,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bank {
    NotAsked,
    UnderWay,
    Paid,
    Failed,
}

/// A checkout, or the charge of a card.
#[derive(Debug)]
struct Payment {
    deposit: String,
    amount: Money,
    total: Money,
    method: Method,
    is_charge: bool,
    step: Option<Step>,
    reversals: BTreeMap<usize, ReversalState>,
}

#[derive(Debug)]
struct Payout {
    id: String,
    account: String,
    amount: Money,
    /// The cents of the transfer that were reversed.
    reversed: i64,
    bank: Bank,
}

#[derive(Debug, Default)]
struct State {
    luck: VecDeque<Luck>,
    payments: Vec<Payment>,
    payouts: Vec<Payout>,
    pages: BTreeMap<String, (String, Option<bool>)>,
    news: Vec<News>,
    old: Vec<News>,
    made: usize,
    /// The state of the accounts of payees, unless they are ready, and how often one was looked up.
    account: Option<payee::State>,
    lookups: usize,
    /// The numbers of payments and payouts with which this story began: it moves its own alone.
    begun: (usize, usize),
}

/// The provider.
#[derive(Debug, Default)]
pub(crate) struct Twin(Mutex<State>);

/// The amounts of refunds and disputes: the first, the second and the third of a payment.
const REVERSALS: [i64; 3] = [3_000, 4_500, 12_000];

impl Payment {
    fn id(&self) -> String {
        format!("pi_{}", self.deposit)
    }

    fn held(&self) -> i64 {
        let gone: i64 = self.reversals.iter().filter(|(_, state)| **state != ReversalState::Won).map(|(nth, _)| REVERSALS[*nth]).sum();
        if self.step == Some(Step::Pay) { (self.amount.0 - gone).max(0) } else { 0 }
    }

    fn checkout(&self) -> CheckoutNews {
        CheckoutNews {
            session: format!("session_{}", self.deposit),
            reference: Some(self.deposit.clone()),
            payment: matches!(self.step, Some(Step::Pay | Step::Process | Step::Fail)).then(|| self.id()),
            total: Some(self.total),
            currency: Some("USD".into()),
            step: self.step,
        }
    }

    fn charge(&self) -> ChargeNews {
        let refusal = (self.step == Some(Step::Fail)).then_some(CardRefusal::Declined);
        let (reference, currency) = (Some(self.deposit.clone()), Some("USD".into()));
        ChargeNews { payment: self.id(), reference, total: Some(self.total), currency, step: self.step, refusal }
    }

    fn content(&self) -> Content {
        if self.is_charge { Content::Charge(self.charge()) } else { Content::Checkout(self.checkout()) }
    }
}

impl Payout {
    fn transfer(&self) -> TransferNews {
        TransferNews { transfer: format!("tr_{}", self.id), reference: Some(self.id.clone()), reversed: Money(self.reversed) }
    }

    /// The payment to the bank; events do not tell the transfer, answers do.
    fn bank_payment(&self, transfer: Option<String>) -> PayoutNews {
        let state = match self.bank {
            Bank::NotAsked | Bank::UnderWay => BankState::UnderWay,
            Bank::Paid => BankState::Paid,
            Bank::Failed => BankState::Failed(Some("the account is closed.".into())),
        };
        let (account, reference) = (Some(self.account.clone()), Some(self.id.clone()));
        PayoutNews { bank_payment: format!("po_{}", self.id), account, reference, transfer, state }
    }
}

impl State {
    fn emit(&mut self, content: Content) {
        self.made += 1;
        self.news.push(News { id: format!("evt_{}", self.made), kind: "a.kind".into(), body: "{}".into(), content });
    }

    fn payout(&mut self, id: &str) -> Option<&mut Payout> {
        self.payouts.iter_mut().find(|payout| payout.id == id)
    }

    /// Moves a payment of this story a step further if it waits for that.
    fn advance(&mut self, which: usize, from: Option<Step>, to: impl Fn(&Payment) -> Step) {
        let begun = self.begun.0;
        let mut waiting: Vec<_> = self.payments.iter_mut().skip(begun).filter(|one| one.step == from && !one.is_charge).collect();
        let count = waiting.len();
        let Some(payment) = waiting.get_mut(which % count.max(1)) else { return };
        payment.step = Some(to(payment));
        let content = payment.content();
        self.emit(content);
    }

    fn pay_out(&mut self, asked: &PayoutRequest, luck: Luck) -> Result<Sending> {
        let id = asked.payout.to_string();
        let refusal = |is_final, known: bool| {
            let transfer = known.then(|| format!("tr_{id}"));
            Ok(Sending::Refused { reason: "there is too little.".into(), is_final, transfer })
        };
        if self.payout(&id).is_none() {
            if matches!(luck, Luck::TooLittle | Luck::Refused) {
                return refusal(luck == Luck::Refused, false);
            }
            let payout = Payout { id: id.clone(), account: asked.account.clone(), amount: asked.amount, reversed: 0, bank: Bank::NotAsked };
            let news = payout.transfer();
            self.payouts.push(payout);
            self.emit(Content::Transfer(news));
        }
        let Some(payout) = self.payout(&id) else { return Err(Error::internal()) };
        if payout.bank == Bank::NotAsked {
            match luck {
                Luck::HalfDone => return Err(errors::provider_unreachable()),
                Luck::TooLittle | Luck::Refused => return refusal(luck == Luck::Refused, true),
                _ if payout.reversed > payout.amount.0 - asked.going.0 || asked.going.0 == 0 => return refusal(false, true),
                _ => payout.bank = Bank::UnderWay,
            }
            let news = payout.bank_payment(None);
            self.emit(Content::Payout(news));
        }
        let found = self.payout(&id).ok_or_else(Error::internal)?;
        Ok(Sending::Sent(found.bank_payment(Some(format!("tr_{id}")))))
    }

    fn charge(&mut self, asked: &ChargeRequest) -> ChargeNews {
        let deposit = asked.deposit.to_string();
        if let Some(made) = self.payments.iter().find(|payment| payment.deposit == deposit) {
            return made.charge();
        }
        let step = if asked.card == GOOD { Step::Pay } else { Step::Fail };
        let amount = Money(super::REFILL.amount);
        let (total, reversals) = (asked.total, BTreeMap::new());
        let payment = Payment { deposit, amount, total, method: Method::Card, is_charge: true, step: Some(step), reversals };
        let news = payment.charge();
        self.payments.push(payment);
        self.emit(Content::Charge(news.clone()));
        news
    }

    /// Reverses what is left of a transfer, or a part of it.
    fn take_back(&mut self, id: &str, part: Option<i64>) {
        let Some(payout) = self.payout(id).filter(|payout| payout.reversed < payout.amount.0) else { return };
        let left = payout.amount.0 - payout.reversed;
        payout.reversed += part.map_or(left, |part| part.min(left));
        let news = payout.transfer();
        self.emit(Content::Transfer(news));
    }
}

impl Twin {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no test panicked while it held it")
    }

    /// Changes the state of the accounts of payees, which only a look-up tells.
    pub(crate) fn account_is(&self, account: payee::State) {
        self.state().account = Some(account);
    }

    /// Returns how often an account was looked up.
    pub(crate) fn lookups(&self) -> usize {
        self.state().lookups
    }

    pub(super) fn begin(&self, luck: Vec<Luck>) {
        let mut state = self.state();
        state.begun = (state.payments.len(), state.payouts.len());
        // News of payouts that no story heard are lost for good, so that each story hears its own.
        state.news.retain(|news| !matches!(news.content, Content::Payout(_)));
        state.luck = luck.into();
    }

    pub(super) fn has_luck(&self, luck: Vec<Luck>) {
        self.state().luck = luck.into();
    }

    /// The cents of all payments that were not taken back, less those that banks of payees have.
    pub(super) fn holds_for_us(&self) -> i64 {
        let state = self.state();
        let gone = state.payouts.iter().filter(|payout| payout.bank == Bank::Paid).map(|payout| payout.amount.0 - payout.reversed);
        state.payments.iter().map(Payment::held).sum::<i64>() - gone.sum::<i64>()
    }

    /// The cents in the accounts of payees that their banks do not have.
    pub(super) fn in_accounts(&self) -> i64 {
        let state = self.state();
        let waiting = state.payouts.iter().filter(|payout| payout.bank != Bank::Paid);
        waiting.map(|payout| payout.amount.0 - payout.reversed).sum()
    }

    pub(super) fn pay(&self, which: usize) {
        self.state().advance(which, None, |payment| match payment.method {
            Method::Card => Step::Pay,
            Method::BankDebit => Step::Process,
        });
    }

    pub(super) fn decide(&self, which: usize, pays: bool) {
        self.state().advance(which, Some(Step::Process), |_| if pays { Step::Pay } else { Step::Fail });
    }

    pub(super) fn expire(&self, which: usize) {
        self.state().advance(which, None, |_| Step::Expire);
    }

    /// Refunds or disputes a part of a paid payment, or decides about that.
    pub(super) fn reverse(&self, which: usize, nth: usize, state: ReversalState) {
        let mut held = self.state();
        let begun = held.begun.0;
        let mut paid: Vec<_> = held.payments.iter_mut().skip(begun).filter(|one| one.step == Some(Step::Pay)).collect();
        let count = paid.len();
        let Some(payment) = paid.get_mut(which % count.max(1)) else { return };
        let known = payment.reversals.entry(nth).or_insert(ReversalState::Open);
        if *known == ReversalState::Open {
            *known = state;
        }
        let (id, state, amount) = (format!("re_{}_{nth}", payment.deposit), *known, Money(REVERSALS[nth]));
        let news = ReversalNews { id, payment: Some(payment.id()), amount, is_dispute: nth == 2, state };
        held.emit(Content::Reversal(news));
    }

    pub(super) fn save_card(&self, page: &str, is_good: bool) {
        let mut held = self.state();
        if let Some((_, card)) = held.pages.get_mut(page).filter(|(_, card)| card.is_none()) {
            *card = Some(is_good);
            held.emit(Content::CardPage(page.to_owned()));
        }
    }

    /// A bank takes a payout, or sends it back, also after it took it.
    pub(super) fn bank_decides(&self, which: usize, to: Bank) {
        let mut held = self.state();
        let begun = held.begun.1;
        let may = |payout: &&mut Payout| payout.bank == Bank::UnderWay || (payout.bank == Bank::Paid && to == Bank::Failed);
        let mut waiting: Vec<_> = held.payouts.iter_mut().skip(begun).filter(may).collect();
        let count = waiting.len();
        let Some(payout) = waiting.get_mut(which % count.max(1)) else { return };
        payout.bank = to;
        let news = payout.bank_payment(None);
        held.emit(Content::Payout(news));
    }

    pub(super) fn operator_reverses(&self, which: usize, part: Option<i64>) {
        let mut held = self.state();
        let begun = held.begun.1;
        let ids: Vec<_> = held.payouts.iter().skip(begun).map(|payout| payout.id.clone()).collect();
        if let Some(id) = ids.get(which % ids.len().max(1)) {
            held.take_back(id, part);
        }
    }

    pub(super) fn next_news(&self, which: usize) -> Option<News> {
        let held = self.state();
        held.news.get(which % held.news.len().max(1)).cloned()
    }

    pub(super) fn old_news(&self, which: usize) -> Option<News> {
        let held = self.state();
        held.old.iter().rev().nth(which).cloned()
    }

    /// Notes that news were received; those that were not applied are sent again.
    pub(super) fn delivered(&self, news: News, is_applied: bool) {
        let mut held = self.state();
        if is_applied {
            held.news.retain(|kept| kept.id != news.id);
            held.old.push(news);
        }
    }

    /// Notes that all missed news were received. Those of a page need another answer, which may have been lost.
    pub(super) fn was_caught_up_with(&self) {
        let mut held = self.state();
        let is_calm = held.luck.is_empty();
        let is_kept = |news: &News| match news.content {
            Content::Payout(_) => true,
            Content::CardPage(_) => !is_calm,
            _ => false,
        };
        let (kept, taken) = std::mem::take(&mut held.news).into_iter().partition(is_kept);
        held.news = kept;
        held.old.extend(taken);
    }

    /// Does what is asked, or not, and answers, or not.
    fn tried<T>(&self, act: impl FnOnce(&mut State, Luck) -> Result<T>) -> Result<T> {
        let mut held = self.state();
        let luck = held.luck.pop_front().unwrap_or(Luck::Fine);
        match luck {
            Luck::Unreachable => Err(errors::provider_unreachable()),
            Luck::AnswerLost => act(&mut held, luck).and(Err(errors::provider_unreachable())),
            _ => act(&mut held, luck),
        }
    }
}
