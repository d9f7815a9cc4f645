"""Service names: what a title says besides that it is an API names the service, its module and its client."""

from __future__ import annotations

from pathlib import Path

import pytest

from apiscribe.errors import ApiscribeError
from apiscribe.naming_services import client_case, module_case, service_of

from .generation import built, imported

# Titles of real documents, the client that a person would choose, and its module.
TITLES = [
    ("OpenAI API", "OpenAI", "openai"),
    ("Azure OpenAI Service API", "AzureOpenAI", "azure_openai"),
    ("GitHub v3 REST API", "GitHub", "github"),
    ("GitHub's official OpenAPI spec + Octokit extension", "GitHubOctokit", "github_octokit"),
    ("Kubernetes", "Kubernetes", "kubernetes"),
    ("The Jira Cloud platform REST API", "JiraCloudPlatform", "jira_cloud_platform"),
    ("Prefect REST API", "Prefect", "prefect"),
    ("Docker Engine API", "DockerEngine", "docker_engine"),
    ("AWS Account", "AWSAccount", "aws_account"),
    ("Adobe Experience Manager (AEM) API", "AdobeExperienceManager", "adobe_experience_manager"),
    ("Apicurio Registry API [v2]", "ApicurioRegistry", "apicurio_registry"),
    ("Klarna Payments API V1", "KlarnaPayments", "klarna_payments"),
    ("Messaging API v3.x", "Messaging", "messaging"),
    ("PTV Timetable API - Version 3", "PTVTimetable", "ptv_timetable"),
    ("Anchore Engine API Server", "AnchoreEngine", "anchore_engine"),
    ("Betfair: Exchange Streaming API", "BetfairExchangeStreaming", "betfair_exchange_streaming"),
    ("Twilio - Accounts", "TwilioAccounts", "twilio_accounts"),
    ("Catalog API - Seller Portal", "CatalogSellerPortal", "catalog_seller_portal"),
    ("Spotify Web API with fixes and improvements from sonallux", "Spotify", "spotify"),
    ("Where to Credit API", "WhereToCredit", "where_to_credit"),
    ("API for the COVID-19 Tracking", "Covid19Tracking", "covid_19_tracking"),
    ("API iSendPro", "ISendPro", "isendpro"),
    ("EVE Swagger Interface", "EVE", "eve"),
    ("FORTNITE REST API", "Fortnite", "fortnite"),
    ("EU BON UTIS", "EuBonUtis", "eu_bon_utis"),
    ("Health ID Service", "HealthID", "health_id"),
    ("Mastodon API Specification (https://github.com/mastodon/mastodon)", "Mastodon", "mastodon"),
    ("www.zoomconnect.com", "Zoomconnect", "zoomconnect"),
    ("Email Activity (beta)", "EmailActivity", "email_activity"),
    ("YNAB API Endpoints", "YNAB", "ynab"),
    ("1Forge Finance APIs", "N1ForgeFinance", "n_1forge_finance"),
    ("Data Ops", "DataOps", "data_ops"),
    ("API V1", "ApiV1", "api_v1"),
    ("결제 API", "결제 API", ""),
]


@pytest.mark.parametrize(("title", "client", "module"), TITLES[:-1])
def test_a_title_names_client_and_module(title: str, client: str, module: str) -> None:
    service = service_of(title)
    assert (client_case(service), module_case(service)) == (client, module)


@pytest.mark.parametrize(
    ("address", "service"),
    [
        ("https://api.cohere.com/v1", "cohere"),
        ("https://api.ideal-postcodes.co.uk", "ideal-postcodes"),
        ("https://{region}.example.com", "API Reference"),
        ("http://127.0.0.1:8000", "API Reference"),
        ("/v1", "API Reference"),
        ("https://[", "API Reference"),
    ],
)
def test_a_title_that_names_nothing_leaves_it_to_the_server(address: str, service: str) -> None:
    assert service_of("API Reference", [address]) == service


def document(title: str, version: str = "1", schema: str = "Thing", service: str = "") -> str:
    own = f", x-service: {service}" if service else ""
    return (
        f"openapi: 3.1.0\ninfo: {{title: {title}, version: '{version}'{own}}}\n"
        f"paths: {{/a: {{get: {{operationId: getA, responses: {{'204': {{description: ok}}}}}}}}}}\n"
        f"components: {{schemas: {{{schema}: {{type: object, properties: {{a: {{type: string}}}}}}}}}}\n"
    )


@pytest.mark.parametrize(
    ("documents", "clients"),
    [
        # a service that is named by hand keeps that name
        ([document("Orders REST API", service="order-desk")], ["OrderDesk"]),
        # versions of one service
        ([document("Orders API V1"), document("Orders API V2", "2")], ["Orders"]),
        # two that only their kinds tell apart keep their titles
        ([document("Orders API"), document("Orders Service", "2")], ["OrdersAPI", "OrdersService"]),
        # a model keeps its name
        ([document("Orders API", schema="Orders")], ["OrdersClient"]),
        ([document("Model API")], ["ModelClient"]),
    ],
)
def test_a_package_has_the_clients(documents: list[str], clients: list[str], tmp_path: Path) -> None:
    with imported(built(*documents).texts, tmp_path) as package:
        found = [name.removeprefix("Async") for name in package.__all__ if name.startswith("Async")]
        assert found == clients
        assert {getattr(package, name).__name__ for name in clients} == {*clients}


def test_one_service_in_one_version_is_described_once() -> None:
    with pytest.raises(ApiscribeError, match=r"Orders 1 is described by a\.yaml as well"):
        built(document("Orders API"), document("Orders API"))
