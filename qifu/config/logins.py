"""The database's logins: who they are, their passwords, and what each may do.

`qifu_owner` owns the schema and migrates it. `qifu_app` is what the web server and the
worker use: it reads and writes rows, and cannot change the schema or empty a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from qifu.config.environment import secret

DATABASE = "qifu"

# What an administrator runs once on a database server of their own (docs/deploy.md).
GRANTS = """
ALTER SCHEMA public OWNER TO qifu_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO qifu_app;
ALTER DEFAULT PRIVILEGES FOR ROLE qifu_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO qifu_app;
ALTER DEFAULT PRIVILEGES FOR ROLE qifu_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO qifu_app;
-- For exclusion constraints: one 分管负责同志 per unit at a time.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
"""


@dataclass(frozen=True)
class Logins:
    """The passwords of one installation, kept in QIFU_HOME/secrets."""

    superuser: str
    owner: str
    app: str

    @classmethod
    def of(cls, home: Path) -> Logins:
        """Return the installation's passwords, made at the first start."""
        return cls(
            superuser=secret(home, "postgres.password"),
            owner=secret(home, "owner.password"),
            app=secret(home, "app.password"),
        )

    def url(self, login: str, socket: Path, database: str = DATABASE) -> str:
        """Return the connection URL of one login through the Unix socket."""
        word = {"postgres": self.superuser, "qifu_owner": self.owner, "qifu_app": self.app}[login]
        host = quote(str(socket), safe="")
        return f"postgresql://{login}:{quote(word, safe='')}@/{database}?host={host}&port=5432"


def prepare(logins: Logins, socket: Path) -> None:
    """Make the roles and the database, or bring them up to date; harmless to repeat."""
    with psycopg.connect(logins.url("postgres", socket, "postgres"), autocommit=True) as admin:
        make_role(admin, "qifu_owner", logins.owner)
        make_role(admin, "qifu_app", logins.app)
        make_database(admin, DATABASE)
    with psycopg.connect(logins.url("postgres", socket), autocommit=True) as admin:
        grant(admin)


def make_role(admin: psycopg.Connection, name: str, password: str) -> None:
    """Create a login without any special right, or renew its password."""
    known = admin.execute("SELECT FROM pg_roles WHERE rolname = %s", [name]).rowcount
    verb = sql.SQL("ALTER" if known else "CREATE")
    rights = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD")
    admin.execute(
        sql.SQL("{} ROLE {} {} {}").format(
            verb, sql.Identifier(name), rights, sql.Literal(password)
        )
    )


def make_database(admin: psycopg.Connection, name: str, template: str = "template1") -> None:
    """Create a database of the owner's, which only the two logins may enter."""
    database = sql.Identifier(name)
    if not admin.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount:
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER qifu_owner TEMPLATE {}").format(
                database, sql.Identifier(template)
            )
        )
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO qifu_app").format(database))


def grant(admin: psycopg.Connection) -> None:
    """Give the application's login its rights in the connected database."""
    admin.execute(GRANTS)
