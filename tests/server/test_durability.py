"""What the server acknowledged survives kill -9."""

import http.client
import json
import random
import re
import threading

from e4j_server.store.database import Database
from sqlalchemy import text

KILLS = 20
WRITERS = 3


class Writer:
    """Send batches as a page does: keep what was not answered and send it again."""

    def __init__(self, device, token):
        self.device, self.token = device, token
        self.outbox, self.acknowledged = [], set()

    def write(self, port, killer):
        """Send until the server is gone."""
        connection = http.client.HTTPConnection("127.0.0.1", port)
        try:
            while True:
                self.outbox += [self.device.event() for _ in range(5)]
                self._send(connection)
                killer.count()
        except (OSError, http.client.HTTPException):
            connection.close()

    def _send(self, connection):
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        connection.request("POST", "/api/v1/sync", json.dumps({"events": self.outbox[:200]}), headers)
        answer = connection.getresponse()
        data = answer.read()
        assert answer.status == 200, data
        for result in json.loads(data)["results"]:
            assert result["status"] in {"new", "dup"}
            self.acknowledged.add(result["id"])
        self.outbox = [event for event in self.outbox if event["id"] not in self.acknowledged]


class Killer:
    """Kill the server after some answers, while other requests are on their way."""

    def __init__(self, process, answers):
        self.process, self.left, self.lock = process, answers, threading.Lock()

    def count(self):
        with self.lock:
            self.left -= 1
            if self.left == 0:
                self.process.kill()


def test_no_acknowledged_event_is_lost(run_server, site, sqlite_url, sqlite_app, make_caller_on, make_device):
    writers = [Writer(make_device(), make_caller_on(sqlite_app).start().token) for _ in range(WRITERS)]
    draw = random.Random(20261123)
    for _ in range(KILLS):
        process = run_server("serve", "--site", str(site), "--port", "0", "--database", sqlite_url)
        port = int(re.search(r":(\d+)/", process.stdout.readline())[1])
        killer = Killer(process, draw.randint(1, 25))
        threads = [threading.Thread(target=writer.write, args=(port, killer)) for writer in writers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert process.wait() == -9
    database = Database(sqlite_url)
    with database.read() as tx:
        stored = set(tx.scalars(text("SELECT id FROM event")))
        assert tx.scalar(text("PRAGMA integrity_check")) == "ok"
    database.close()
    acknowledged = set().union(*(writer.acknowledged for writer in writers))
    assert len(acknowledged) > KILLS * 5
    assert acknowledged - stored == set()
    # Nothing else got in than what was sent; what was committed without an answer is still in an outbox.
    assert stored - acknowledged <= {event["id"] for writer in writers for event in writer.outbox}
