"""Seven guarded steps on SpiffWorkflow, each durably kept; run by `peers.py` in an environment of its own.

A line "COUNT" on the input starts so many processes; the answer is the seconds they took. "SIZE" asks for the
bytes of the database.
"""

import json
import sqlite3
import sys
from time import perf_counter

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

STEPS = ("application", "talk", "recommended", "activist", "report_1", "report_2", "report_3")
DATABASE = sys.argv[1]
LOADS = sys.argv[2:] == ["--load"]
IS_SQLITE = not DATABASE.startswith("postgresql")
TABLE = "process_loaded" if LOADS else "process_kept"  # both may share a database


def diagram():
    """A guard is an exclusive gateway after each step: on where the condition holds, else to the end."""
    nodes = ['<bpmn:startEvent id="start"/>', '<bpmn:endEvent id="end"/>']
    drawn = [flow("start", STEPS[0])]
    for name, after in zip(STEPS, (*STEPS[1:], "end"), strict=True):
        nodes.append(f'<bpmn:userTask id="{name}" name="{name}"/>')
        nodes.append(f'<bpmn:exclusiveGateway id="{name}_guard" default="{name}_guard_refused"/>')
        drawn.append(flow(name, f"{name}_guard"))
        drawn.append(flow(f"{name}_guard", after, condition=f"{name}_ok == True"))
        drawn.append(flow(f"{name}_guard", "end", id_=f"{name}_guard_refused"))
    return (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="t">'
        f'<bpmn:process id="seven" isExecutable="true">{"".join(nodes + drawn)}</bpmn:process>'
        "</bpmn:definitions>"
    )


def flow(source, target, *, condition=None, id_=None):
    asked = (
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}</bpmn:conditionExpression>'
    )
    return (
        f'<bpmn:sequenceFlow id="{id_ or f"{source}_{target}"}" sourceRef="{source}" targetRef="{target}">'
        f"{asked if condition else ''}</bpmn:sequenceFlow>"
    )


class Store:
    """One row for a process, its state as the library writes it; one commit a step."""

    def __init__(self):
        if IS_SQLITE:
            self.driver = sqlite3.connect(DATABASE, isolation_level=None)
            self.driver.execute("PRAGMA journal_mode = WAL")
            self.driver.execute("PRAGMA synchronous = FULL")
        else:
            import psycopg

            self.driver = psycopg.connect(DATABASE, autocommit=True)
        self.driver.execute(f"CREATE TABLE {TABLE} (id BIGINT PRIMARY KEY, state TEXT NOT NULL)")
        self.mark = "?" if IS_SQLITE else "%s"

    def write(self, statement, values):
        self.driver.execute("BEGIN IMMEDIATE" if IS_SQLITE else "BEGIN")
        self.driver.execute(statement.replace("?", self.mark), values)
        self.driver.execute("COMMIT")

    def read(self, number):
        cursor = self.driver.execute(f"SELECT state FROM {TABLE} WHERE id = {self.mark}", (number,))
        return cursor.fetchone()[0]

    def size(self):
        if IS_SQLITE:
            return self.driver.execute(
                "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
            ).fetchone()[0]
        return self.driver.execute(f"SELECT pg_total_relation_size('{TABLE}')").fetchone()[0]


parser = BpmnParser()
parser.add_bpmn_str(diagram().encode())
spec = parser.get_spec("seven")
serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
store = Store()


def run(number):
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    for at, name in enumerate(STEPS):
        if LOADS and at:
            workflow = serializer.deserialize_json(store.read(number))
        (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
        assert task.task_spec.bpmn_id == name, task.task_spec.name
        task.data.update(
            {f"{name}_ok": True, f"{name}_on": f"2014-07-{at + 1:02d}", f"{name}_by": "secretary"}
        )
        task.run()
        workflow.do_engine_steps()
        state = serializer.serialize_json(workflow)
        if at == 0:
            store.write(f"INSERT INTO {TABLE} (id, state) VALUES (?, ?)", (number, state))
        else:
            store.write(f"UPDATE {TABLE} SET state = ? WHERE id = ?", (state, number))
    assert workflow.is_completed()


last = 0
for line in sys.stdin:
    if line.strip() == "SIZE":
        print(json.dumps(store.size()), flush=True)
        continue
    began = perf_counter()
    for _ in range(int(line)):
        last += 1
        run(last)
    print(json.dumps(perf_counter() - began), flush=True)
