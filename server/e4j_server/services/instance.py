"""Hold together what one running server uses."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from e4j_server.config import Config
from e4j_server.services.content import Contents
from e4j_server.services.key_folder import KeyFiles, KeyFolder
from e4j_server.services.key_versions import Keys
from e4j_server.services.messages import Messages, load_messages
from e4j_server.services.site import Site
from e4j_server.services.wrong_codes import WrongCodes
from e4j_server.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """Give routes the services of one server."""

    config: Config
    database: Database
    site: Site
    keys: Keys
    messages: Messages = field(default_factory=load_messages)
    contents: Contents = field(default_factory=Contents)
    wrong_codes: WrongCodes = field(default_factory=WrongCodes)
    wrong_authors: WrongCodes = field(default_factory=WrongCodes)

    @classmethod
    def open(cls, config: Config) -> "Instance":
        """Open what a configuration names; nothing is read or written yet."""
        database = Database(config.database)
        return cls(config=config, database=database, site=Site(config.site), keys=Keys(KeyFolder(config.keys), database))

    def key_files(self) -> KeyFiles:
        """Return the keys of the folder as they are now; the database has them too."""
        return self.keys.files(this_hour())


def this_hour() -> str:
    """Return the hour it is in UTC: no moment more exact is ever stored about a learner."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:00Z")
