//! Who calls a use-case. There is one way in, so that no entry can forget the pace.

use std::marker::PhantomData;

use super::{App, Error, wording};
use crate::model::Member;

/// Who calls a use-case. Only [`App::admit`] makes one.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The member.
    pub member: Member,
    /// Whether the platform says that they may manage the space.
    pub admin: bool,
    /// Nobody else can fill this in.
    _admitted: PhantomData<()>,
}

impl App {
    /// Lets a member go on who keeps to the pace, an `admin` if the platform says that they may manage the
    /// space. Call it before anything that costs more than a glance at memory.
    ///
    /// # Errors
    /// A refusal for who is too fast.
    pub fn admit(&self, member: Member, admin: bool) -> Result<Caller, Error> {
        if !self.pace.admits(&member.user) {
            return Err(wording::too_fast().into());
        }
        Ok(Caller {
            member,
            admin,
            _admitted: PhantomData,
        })
    }
}
