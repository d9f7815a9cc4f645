"""Edits of one document: what may change in an operation without a look at the others, and what may not."""

from __future__ import annotations

DOCUMENT = """\
openapi: 3.0.3
info: {title: Shop, version: '1', description: All of it.}
servers: [{url: 'https://shop.example.com'}]
tags: [{name: orders}]
security: [{key: []}]
paths:
  /orders:
    parameters:
      - {name: trace, in: header, schema: {type: string}}
    get:
      operationId: listOrders
      tags: [orders]
      summary: List orders
      parameters:
        - {name: page, in: query, schema: {type: integer, default: 1}}
        - {name: since, in: query, schema: {type: string, format: date-time}}
      responses:
        '200':
          description: Orders
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/Order'}}
        '404': {$ref: '#/components/responses/Missing'}
    post:
      operationId: createOrder
      tags: [orders]
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [item]
              properties:
                item: {type: string, description: What is ordered}
                amount: {type: integer}
                notes: {type: object, properties: {gift: {type: string}}}
      responses:
        '201':
          description: The order
          content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
  /orders/{order_id}:
    parameters:
      - {name: order_id, in: path, required: true, schema: {type: string}}
    get:
      operationId: getOrder
      tags: [orders]
      responses:
        '200':
          description: The order
          content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
    put:
      operationId: replaceOrder
      tags: [orders]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
      responses:
        '200':
          description: The order
          content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
    delete:
      operationId: deleteOrder
      tags: [orders]
      deprecated: true
      security: []
      responses:
        '204': {description: It is gone}
  /reports:
    post:
      operationId: sendReport
      parameters:
        - {name: odd, in: query, schema: {type: string, format: odd-one}}
      requestBody:
        content:
          multipart/form-data:
            schema: {$ref: '#/components/schemas/Report'}
      responses:
        '202': {description: It is taken}
  /animals:
    get:
      operationId: listAnimals
      responses:
        '200':
          description: Animals
          content:
            application/json:
              schema:
                type: object
                properties:
                  found: {type: array, items: {$ref: '#/components/schemas/Animal'}}
                  kind: {type: string, enum: [tame, wild]}
        '404': {$ref: '#/components/responses/Missing'}
  /notes:
    put:
      operationId: keepNote
      tags: [notes]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}
      responses:
        '200':
          description: What was there
          content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}
    get:
      operationId: findNote
      tags: [notes]
      responses:
        '200':
          description: What is there
          content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}
components:
  responses:
    Missing:
      description: There is none
      content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}
  schemas:
    Order:
      type: object
      required: [id, state]
      properties:
        id: {type: string, readOnly: true}
        state: {$ref: '#/components/schemas/State'}
        placed: {type: string, format: date-time}
    State: {type: string, enum: [open, closed]}
    Problem: {type: object, properties: {message: {type: string}}}
    Report: {type: object, properties: {file: {type: string, format: binary}, odd: {type: string, format: odd-two}}}
    Note: {type: object, properties: {text: {type: string}, label: {$ref: '#/components/schemas/Label'}}}
    Label: {type: object, properties: {word: {type: string}}}
    Animal:
      type: object
      required: [species]
      properties: {species: {type: string}}
      discriminator: {propertyName: species}
    Cat:
      allOf:
        - {$ref: '#/components/schemas/Animal'}
        - {type: object, properties: {lives: {type: integer}}}
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
"""

PAGE = "- {name: page, in: query, schema: {type: integer, default: 1}}\n"
ITEM = "item: {type: string, description: What is ordered}\n"
GONE = "'204': {description: It is gone}\n"
CREATE = "operationId: createOrder\n      tags: [orders]\n      requestBody:\n"
GET = "operationId: getOrder\n"
LIST = "summary: List orders\n"
NOTE = "content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}"
FOUND = f"description: What is there\n          {NOTE}"
STATE = "State: {type: string, enum: [open, closed]}"

Edit = tuple[str, str]

# What is found out from the operation alone: texts of the document, and what takes their place.
COVERED: dict[str, Edit] = {
    "summary": (LIST, "summary: List all orders\n"),
    "summary added": (GET, f"{GET}      summary: Get an order\n"),
    "description over lines": (
        LIST,
        f'{LIST}      description: |\n        """Lists""" \\n.\n\n        - ÄÖÜ 한글\n        # two\n',
    ),
    "parameter added": (PAGE, f"{PAGE}        - {{name: size, in: query, schema: {{type: integer}}}}\n"),
    "date added": (PAGE, f"{PAGE}        - {{name: day, in: query, schema: {{type: string, format: date-time}}}}\n"),
    "parameter removed": (f"        {PAGE}", ""),
    "parameter required": ("name: page, in: query,", "name: page, in: query, required: true,"),
    "parameter described": ("name: page, in: query,", "name: page, in: query, description: Which one,"),
    "parameter of another type": ("{type: integer, default: 1}", "{type: boolean}"),
    "property added": (ITEM, f"{ITEM}                colour: {{type: string}}\n"),
    "property removed": ("                amount: {type: integer}\n", ""),
    "property required": ("required: [item]", "required: [item, amount]"),
    "property described": ("What is ordered", "Whatever is ordered"),
    "property of a hoisted object": ("{gift: {type: string}}", "{gift: {type: integer}}"),
    "body required": (CREATE, f"{CREATE}        required: true\n"),
    "response added": (GONE, f"{GONE}        '409': {{description: Too late}}\n"),
    "response of a known model": (GONE, f"{GONE}        '404': {{$ref: '#/components/responses/Missing'}}\n"),
    "one of several references less": (
        FOUND,
        f"description: What is there\n          {NOTE.replace('schemas/Note', 'schemas/Order')}",
    ),
    "enum longer": ("enum: [tame, wild]", "enum: [tame, wild, both]"),
    "lines before warnings": (LIST, f"{LIST}      x-note:\n        - one\n        - two\n"),
    "place of a warning": ("{name: odd,", "{description: A text, name: odd,"),
}

# What is generated as a whole, and a word of why.
WHOLE: dict[str, tuple[str, str, str]] = {
    "operationId": ("listAnimals", "listBeasts", "other names"),
    "tag": (
        "operationId: createOrder\n      tags: [orders]",
        "operationId: createOrder\n      tags: [new]",
        "else than the operation",
    ),
    "chosen for the README": (
        "operationId: replaceOrder\n",
        "operationId: replaceOrder\n      deprecated: true\n",
        "chosen",
    ),
    "new operation": (
        "  /reports:\n",
        "  /reports:\n    get: {responses: {'204': {description: ''}}}\n",
        "else than an operation",
    ),
    "path": ("  /reports:", "  /report:", "else than an operation"),
    "parameter of a path": ("name: trace", "name: track", "else than an operation"),
    "component": (STATE, STATE.replace("closed", "done"), "else than an operation"),
    "response of many": ("There is none", "There was none", "else than an operation"),
    "information": ("All of it.", "All.", "else than an operation"),
    "security of an operation": ("      security: []\n", "", "else than the operation"),
    "security of all": ("security: [{key: []}]\n", "security: []\n", "else than an operation"),
    "new inline object": (
        ITEM,
        f"{ITEM}                more: {{properties: {{a: {{type: string}}}}}}\n",
        "other names",
    ),
    "first to be sent": (
        "operationId: deleteOrder\n",
        "operationId: deleteOrder\n      requestBody: {content: {application/json: {schema: {$ref: "
        "'#/components/schemas/Problem'}}}}\n",
        "other names",
    ),
    "last to be sent": (
        f"requestBody: {{{NOTE}}}",
        "requestBody: {content: {text/plain: {schema: {type: string}}}}",
        "the last to refer",
    ),
    "part of a model alone": (FOUND, FOUND.replace("schemas/Note", "schemas/Label"), "imports differ"),
    "schema with a name of its own": (ITEM, "item: {type: string, $anchor: item}\n", "anchors"),
    "deprecated": ("operationId: createOrder\n", "operationId: createOrder\n      deprecated: true\n", "groups.py"),
    "last that is deprecated": ("      deprecated: true\n", "", "other files"),
    "new warning": (
        PAGE,
        f"{PAGE}        - {{name: b, in: query, schema: {{type: string, format: odd}}}}\n",
        "diagnostics",
    ),
    "form without a name": (
        "            schema: {$ref: '#/components/schemas/Report'}\n",
        "            schema: {}\n",
        "Report differs",
    ),
    "other form": (
        "      requestBody:\n        content:\n          multipart",
        "      requestBody:\n        required: true\n        content:\n          multipart",
        "forms",
    ),
    "anchor": (LIST, f"{LIST}      x-one: &one {{a: 1}}\n", "anchors"),
}

# What is refused, by the whole document and so by a part of it.
REFUSED: dict[str, Edit] = {
    "unknown location": ("name: page, in: query,", "name: page, in: nowhere,"),
    "reference to nothing": ("responses/Missing'}\n    post", "responses/None'}\n    post"),
    "operation that breaks off": (LIST, f"{LIST}  x-two: {{}}\n"),
    "no YAML": (LIST, f"{LIST}      x: [\n"),
    "doubled operationId": (GET, "operationId: listOrders\n"),
    "doubled key": (LIST, f"{LIST}      summary: again\n"),
}
