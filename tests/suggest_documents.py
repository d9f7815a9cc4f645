"""Documents as services of each kind write them: how their lists go on, and which of their resources take time."""

# ruff: noqa: E501 - documents are written as compactly as YAML allows
from __future__ import annotations

LINKED = """
  /repos/{owner}/issues:
    get:
      operationId: issues/list
      parameters:
        - {name: owner, in: path, required: true, schema: {type: string}}
        - {$ref: '#/components/parameters/per-page'}
        - {$ref: '#/components/parameters/page'}
      responses:
        '200':
          description: Response
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}
          headers: {Link: {$ref: '#/components/headers/link'}}
  /repos/{owner}/runs:
    get:
      operationId: runs/list
      parameters:
        - {name: owner, in: path, required: true, schema: {type: string}}
        - {$ref: '#/components/parameters/per-page'}
        - {$ref: '#/components/parameters/page'}
      responses:
        '200':
          description: Response
          content:
            application/json:
              schema:
                type: object
                required: [total_count, workflow_runs]
                properties:
                  total_count: {type: integer}
                  workflow_runs: {type: array, items: {$ref: '#/components/schemas/Thing'}}
"""
LAST_ITEM = """
  /v1/charges:
    get:
      operationId: GetCharges
      parameters:
        - {name: ending_before, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer}}
        - {name: starting_after, in: query, schema: {type: string}}
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, required: [data, has_more, object, url],
        properties: {data: {type: array, items: {$ref: '#/components/schemas/Thing'}}, has_more: {type: boolean},
                     object: {type: string, enum: [list]}, url: {type: string}}}}}}}
  /assistants:
    get:
      operationId: listAssistants
      parameters:
        - {name: limit, in: query, schema: {type: integer, default: 20}}
        - {name: order, in: query, schema: {type: string, enum: [asc, desc]}}
        - {name: after, in: query, description: A cursor. It is an object ID, schema: {type: string}}
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, required: [object, data, has_more],
        properties: {object: {type: string}, data: {type: array, items: {$ref: '#/components/schemas/Thing'}},
                     first_id: {type: string}, last_id: {type: string}, has_more: {type: boolean}}}}}}}
"""
TOKENS = """
  /v1/{parent}/buckets:
    get:
      operationId: storage.buckets.list
      parameters:
        - {name: parent, in: path, required: true, schema: {type: string}}
        - {name: pageSize, in: query, schema: {type: integer}}
        - {name: pageToken, in: query, schema: {type: string}}
      responses: {'200': {description: ok, content: {'*/*': {schema: {
        type: object, properties: {buckets: {type: array, items: {$ref: '#/components/schemas/Thing'}},
                                   nextPageToken: {type: string}, unreachable: {type: array, items: {type: string}}}}}}}}
  /api/v1/pods:
    get:
      operationId: listCoreV1Pod
      parameters:
        - {name: continue, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer}}
        - {name: watch, in: query, schema: {type: boolean}}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/PodList'}}}}}
  /conversations.list:
    get:
      operationId: conversations_list
      parameters: [{name: cursor, in: query, schema: {type: string}}, {name: limit, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {ok: {type: boolean}, channels: {type: array, items: {$ref: '#/components/schemas/Thing'}},
          response_metadata: {type: object, properties: {next_cursor: {type: string}}}}}}}}}
"""
ADDRESSES = """
  /subscriptions/{id}/disks:
    get:
      operationId: Disks_List
      x-ms-pageable: {nextLinkName: nextLink}
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/Thing'}},
                                   nextLink: {type: string}}}}}}}
  /users:
    get:
      operationId: user.ListUser
      parameters: [{name: $top, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/Thing'}},
                                   '@odata.nextLink': {type: string, nullable: true}}}}}}}
  /transactions:
    get:
      operationId: listTransactions
      parameters: [{name: 'page[size]', in: query, schema: {type: integer}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/Thing'}},
          links: {type: object, properties: {prev: {type: string}, next: {type: string, description: The link to the next page}}}}}}}}}
"""
COUNTED = """
  /circuits/:
    get:
      operationId: circuits_list
      parameters: [{name: limit, in: query, schema: {type: integer}}, {name: offset, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {count: {type: integer}, next: {type: string, format: uri, nullable: true},
          previous: {type: string, format: uri, nullable: true}, results: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}}}}
  /owners:
    get:
      operationId: owners
      parameters: [{name: page, in: query, schema: {type: integer}}, {name: size, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {content: {type: array, items: {$ref: '#/components/schemas/Thing'}}, number: {type: integer},
          totalElements: {type: integer}, totalPages: {type: integer}, numberOfElements: {type: integer}, empty: {type: boolean}}}}}}}
  /articles:
    get:
      operationId: articles
      parameters: [{name: page, in: query, schema: {type: integer, default: 1}}, {name: per_page, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}}
  /Groups:
    get:
      operationId: scimGroups
      parameters:
        - {name: startIndex, in: query, description: The 1-based index of the first result., schema: {type: integer}}
        - {name: count, in: query, schema: {type: integer}}
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {totalResults: {type: integer}, itemsPerPage: {type: integer}, startIndex: {type: integer},
          schemas: {type: array, items: {type: string}}, Resources: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}}}}
  /rates:
    get:
      operationId: rates
      parameters: [{name: page, in: query, schema: {type: integer}}, {name: limit, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}}}}
"""
SEARCHES = """
  /things/search:
    post:
      operationId: searchThings
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {query: {type: string}, cursor: {type: string}, limit: {type: integer}}}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {things: {type: array, items: {$ref: '#/components/schemas/Thing'}}, next_cursor: {type: string}}}}}}}
  /pages:
    post:
      operationId: readPages
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {page: {type: integer, default: 1}, size: {type: integer}}}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {items: {type: array, items: {$ref: '#/components/schemas/Thing'}}, total: {type: integer}}}}}}}
  /records/query:
    post:
      operationId: queryRecords
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {offset: {type: integer, default: 0}, limit: {type: integer}}}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {records: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}}}}
"""
# Bodies whose numbers may be anything: nothing is searched, nothing is told of pages, or a field lies deeper.
NO_SEARCHES = """
  /batches:
    post:
      operationId: makeBatch
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {offset: {type: integer}, limit: {type: integer}}}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {items: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}}}}
  /texts/search:
    post:
      operationId: searchTexts
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {page: {type: integer}, text: {type: string}}}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {items: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}}}}
  /rows/search:
    post:
      operationId: searchRows
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {paging: {type: object, properties: {page: {type: integer}, size: {type: integer}}}}}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {items: {type: array, items: {$ref: '#/components/schemas/Thing'}}, total: {type: integer}}}}}}}
  /forms/search:
    post:
      operationId: searchForms
      requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {page: {type: integer}, size: {type: integer}}}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {items: {type: array, items: {$ref: '#/components/schemas/Thing'}}, total: {type: integer}}}}}}}
"""
NO_LISTS = """
  /albums/{id}:
    get:
      operationId: getAlbum
      parameters: [{name: id, in: path, required: true, schema: {type: string}}, {name: limit, in: query, schema: {type: integer}},
                   {name: offset, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {name: {type: string}, artist: {type: string}, year: {type: integer}, label: {type: string},
                                   tracks: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}}}}
  /events:
    get:
      operationId: eventsSince
      parameters: [{name: start, in: query, description: Date to begin with, schema: {type: string, format: date}},
                   {name: limit, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}}
  /pdf:
    get:
      operationId: renderPage
      parameters: [{name: page, in: query, schema: {type: string, enum: [a4, letter]}}, {name: size, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}}
  /two:
    get:
      operationId: twoLists
      parameters: [{name: offset, in: query, schema: {type: integer}}, {name: limit, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {
        type: object, properties: {lefts: {type: array, items: {type: string}}, rights: {type: array, items: {type: string}}}}}}}}
  /scores:
    get:
      operationId: scores
      parameters: [{name: offset, in: query, description: Page number of the table, schema: {type: integer}},
                   {name: limit, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}}
  /ticker:
    get:
      operationId: ticker
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}}
"""
STATES = """
  /clusters:
    post: {operationId: createCluster, responses: {'202': {description: ok}}}
  /clusters/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getCluster
      responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {
        name: {type: string}, previous_state: {type: string, enum: [CREATING, ACTIVE]},
        state: {type: string, enum: [CREATING, ACTIVE, UPDATING, STOPPED, DELETING, CREATE_FAILED, ERROR]}}}}}}}
    delete: {operationId: deleteCluster, responses: {'204': {description: ok}}}
  /jobs/{id}/status:
    get:
      operationId: jobStatus
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {
        data: {type: object, properties: {status: {type: string, enum: [queued, running, succeeded, failed, cancelled]}}}}}}}}}
  /orders/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getOrder
      responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {
        status: {type: string, enum: [pending, active, cancelled]}}}}}}}
    delete: {operationId: cancelOrder, responses: {'204': {description: ok}}}
  /payments/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getPayment
      responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {
        status: {type: string, enum: [processing, requires_action, succeeded, canceled]}}}}}}}
    delete: {operationId: cancelPayment, responses: {'204': {description: ok}}}
  /builds/{id}/events/{event}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}, {name: event, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getEvent
      responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {
        desired_state: {type: string, enum: [queued, running, succeeded, failed]}}}}}}}
"""
_TAIL = """
components:
  parameters:
    per-page: {name: per_page, in: query, schema: {type: integer, default: 30}}
    page: {name: page, in: query, schema: {type: integer, default: 1}}
  headers:
    link: {schema: {type: string}, example: '<https://api.example.com/resource?page=2>; rel="next"'}
  schemas:
    Thing: {type: object, required: [id], properties: {id: {type: string}, name: {type: string}}}
    PodList:
      type: object
      required: [items]
      properties:
        apiVersion: {type: string}
        kind: {type: string}
        items: {type: array, items: {$ref: '#/components/schemas/Thing'}}
        metadata: {allOf: [{$ref: '#/components/schemas/ListMeta'}], description: Standard list metadata.}
    ListMeta: {type: object, properties: {continue: {type: string}, remainingItemCount: {type: integer}, selfLink: {type: string}}}
"""


def document(*paths: str) -> str:
    """Write a document of some of these paths."""
    head = "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\nservers: [{url: 'https://shop.example.com'}]\n"
    return f"{head}paths:{''.join(paths)}{_TAIL}"
