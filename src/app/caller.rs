//! The caller of a use-case. There is one way to make one, so that no entry can forget the rate limit.

use std::marker::PhantomData;

use super::{App, Error, wording};
use crate::model::{Member, PlatformId};

/// The caller of a use-case. Only [`App::admit`] makes one.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The member.
    pub member: Member,
    /// Whether the platform says that they may manage the space.
    pub admin: bool,
    /// Nobody else can fill this in.
    _admitted: PhantomData<()>,
}

impl Caller {
    /// The platform on which they are, whose words they know.
    pub(super) fn platform(&self) -> PlatformId {
        self.member.space.platform()
    }

    /// Refuses members who may not manage the space.
    pub(super) fn require_admin(&self) -> Result<(), Error> {
        if self.admin {
            Ok(())
        } else {
            Err(wording::admins_only(self.platform()).into())
        }
    }
}

impl App {
    /// Makes a member a caller, an `admin` if the platform says that they may manage the space. Call it before any work
    /// that touches the database.
    ///
    /// # Errors
    /// A refusal for members over the rate limit.
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
