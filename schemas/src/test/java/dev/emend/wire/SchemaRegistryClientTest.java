package dev.emend.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.emend.event.FactChange;
import dev.emend.event.ModelHead;
import dev.emend.fault.Fault;
import dev.emend.fault.FaultCode;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaRegistryClientTest {
  private static final Schema HEAD = ModelHead.getClassSchema();

  private final FakeRegistry registry = new FakeRegistry();

  @AfterEach
  void stop() {
    registry.close();
  }

  private SchemaRegistryClient client(String... namesAndValues) {
    Map<String, String> settings = new HashMap<>(registry.settings());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return SchemaRegistryClient.from(settings);
  }

  private static Fault fault(Runnable action) {
    return catchThrowableOfType(Fault.class, action::run);
  }

  @Test
  void shouldRegisterOnceAndKeepTheIdInMemory() {
    SchemaRegistryClient client = client();
    int first = client.register("emend.heads-value", HEAD);
    int again = client.register("emend.heads-value", HEAD);

    assertThat(again).isEqualTo(first);
    assertThat(client.byId(first)).isEqualTo(HEAD);
    assertThat(registry.requests())
        .containsExactly("POST /apis/ccompat/v7/subjects/emend.heads-value/versions");
  }

  @Test
  void shouldKeepTheBasePathAndEscapeTheSubject() {
    client().register("a b/c", HEAD);

    assertThat(registry.requests())
        .containsExactly("POST /apis/ccompat/v7/subjects/a%20b%2Fc/versions");
    assertThat(registry.subjects()).containsExactly("a b/c");
  }

  @Test
  void shouldAskForAnIdOnlyOnce() {
    int id = registry.put("s", HEAD.toString());
    SchemaRegistryClient client = client();
    client.byId(id);
    client.byId(id);

    assertThat(registry.requests()).containsExactly("GET /apis/ccompat/v7/schemas/ids/" + id);
  }

  @Test
  void shouldSayThatAnIdIsUnknown() {
    Fault fault = fault(() -> client().byId(77));

    assertThat(fault.code()).isEqualTo(FaultCode.REGISTRY_REFUSED);
    assertThat(fault).hasMessageContaining("id 77").hasMessageContaining("404");
  }

  @Test
  void shouldRefuseAnIncompatibleSchema() {
    SchemaRegistryClient client = client();
    client.register("s", HEAD);
    Schema other =
        SchemaBuilder.record("ModelHead")
            .namespace("dev.emend.event")
            .fields()
            .requiredString("new_field")
            .endRecord();

    Fault fault = fault(() -> client.register("s", other));

    assertThat(fault.code()).isEqualTo(FaultCode.REGISTRY_REFUSED);
    assertThat(fault).hasMessageContaining("409").hasMessageContaining("not compatible");
  }

  @Test
  void shouldFindTheLatestSchemaOrNone() {
    SchemaRegistryClient client = client();
    int id = client.register("s", HEAD);

    assertThat(client.latest("s")).contains(new RegisteredSchema("s", 1, id, HEAD));
    assertThat(client.latest("unknown")).isEmpty();
    assertThat(client.lookUp("s", HEAD)).isEqualTo(id);
    assertThat(fault(() -> client.lookUp("s", FactChange.getClassSchema())).code())
        .isEqualTo(FaultCode.REGISTRY_REFUSED);
  }

  @Test
  void shouldSetCompatibilityForAllAndForOne() {
    SchemaRegistryClient client = client();
    client.setCompatibility(Compatibility.BACKWARD);
    client.setCompatibility("s", Compatibility.FULL_TRANSITIVE);

    assertThat(registry.levels()).isEqualTo(Map.of("", "BACKWARD", "s", "FULL_TRANSITIVE"));
  }

  @Test
  void shouldTryAgainWhenTheRegistryIsBusyForAMoment() {
    registry.failNext(2, 503);

    assertThat(client().register("s", HEAD)).isEqualTo(1);
    assertThat(registry.requests()).hasSize(3);
  }

  @Test
  void shouldGiveUpAfterTheRetriesWithARetriableFault() {
    registry.failNext(100, 500);

    Fault fault = fault(() -> client().register("s", HEAD));

    assertThat(fault.code()).isEqualTo(FaultCode.REGISTRY_UNAVAILABLE);
    assertThat(fault).hasMessageContaining("HTTP status 500").hasMessageContaining("3 attempts");
    assertThat(registry.requests()).hasSize(3);
  }

  @Test
  void shouldNameTheAddressButNoPasswordWhenTheRegistryIsDown() {
    String url = registry.url().replace("http://", "http://joe:geheim@");
    registry.close();

    Fault fault = fault(() -> client(WireConfig.REGISTRY_URL, url).register("s", HEAD));

    assertThat(fault.code()).isEqualTo(FaultCode.REGISTRY_UNAVAILABLE);
    assertThat(fault.code().kind()).isEqualTo(FaultCode.Kind.RETRIABLE);
    assertThat(fault)
        .hasMessageContaining(registry.url())
        .hasMessageNotContaining("joe")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void shouldGoOnToTheNextAddressWhenOneIsDown() {
    FakeRegistry down = new FakeRegistry();
    down.close();
    String both = down.url() + "," + registry.url() + "/";

    assertThat(client(WireConfig.REGISTRY_URL, both).register("s", HEAD)).isEqualTo(1);
  }

  @Test
  void shouldSendBasicAuthenticationFromUserInfo() {
    client(
            WireConfig.BASIC_AUTH_SOURCE, "USER_INFO",
            WireConfig.BASIC_AUTH_USER_INFO, "Aladdin:open sesame")
        .register("s", HEAD);

    assertThat(registry.authorizations()).containsExactly("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  }

  @Test
  void shouldSendBasicAuthenticationFromTheAddress() {
    String url = registry.url().replace("http://", "http://Aladdin:open%20sesame@");
    client(WireConfig.REGISTRY_URL, url).register("s", HEAD);

    assertThat(registry.authorizations()).containsExactly("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  }

  @Test
  void shouldSendABearerToken() {
    client(WireConfig.BEARER_TOKEN, "abc").register("s", HEAD);

    assertThat(registry.authorizations()).containsExactly("Bearer abc");
  }

  @Test
  void shouldNotShowSecretsInTextForms() {
    RegistrySettings settings = RegistrySettings.at("http://joe:geheim@host:1/base/");

    assertThat(settings.toString()).contains("http://host:1/base").doesNotContain("geheim");
    assertThat(settings.authorization().orElseThrow().toString())
        .isEqualTo("Authorization[hidden]");
  }

  @Test
  void shouldRefuseSettingsThatCannotWork() {
    assertThat(fault(() -> SchemaRegistryClient.from(Map.of())).code()).isEqualTo(FaultCode.USAGE);
    assertThat(fault(() -> RegistrySettings.at("localhost:8081"))).hasMessageContaining("http(s)");
    assertThat(fault(() -> client(WireConfig.MAX_RETRIES, "-1"))).hasMessageContaining("-1");
    assertThat(fault(() -> client(WireConfig.MAX_RETRIES, "few"))).hasMessageContaining("few");
    assertThat(fault(() -> client(WireConfig.BASIC_AUTH_SOURCE, "USER_INFO")))
        .hasMessageContaining(WireConfig.BASIC_AUTH_USER_INFO);
    assertThat(fault(() -> client(WireConfig.BASIC_AUTH_SOURCE, "SASL_INHERIT")))
        .hasMessageContaining("SASL_INHERIT");
    assertThat(fault(() -> client(WireConfig.BEARER_SOURCE, "OAUTHBEARER")))
        .hasMessageContaining("OAUTHBEARER");
  }

  @Test
  void shouldSayThatAWebServerIsNoRegistry() {
    String url = registry.url().replace("/apis/ccompat/v7", "/elsewhere");

    Fault fault = fault(() -> client(WireConfig.REGISTRY_URL, url).register("s", HEAD));

    assertThat(fault.code()).isEqualTo(FaultCode.REGISTRY_REFUSED);
    assertThat(fault).hasMessageContaining("404");
  }

  @Test
  void shouldFollowReferencesToOtherSchemas() {
    registry.put("inner-subject", "{\"type\":\"record\",\"name\":\"a.Inner\",\"fields\":[]}");
    int id =
        registry.put(
            "outer",
            "!{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"a.Outer\\\",\\\"fields\\\":"
                + "[{\\\"name\\\":\\\"x\\\",\\\"type\\\":\\\"a.Inner\\\"}]}\",\"references\":"
                + "[{\"name\":\"a.Inner\",\"subject\":\"inner-subject\",\"version\":1}]}");

    assertThat(client().byId(id).getField("x").schema().getFullName()).isEqualTo("a.Inner");
  }

  @Test
  void shouldRefuseSchemasThatAreNotAvro() {
    int id = registry.put("p", "!{\"schema\":\"syntax\",\"schemaType\":\"PROTOBUF\"}");
    int broken = registry.put("b", "{\"type\":\"recorb\"}");

    assertThat(fault(() -> client().byId(id))).hasMessageContaining("PROTOBUF");
    assertThat(fault(() -> client().byId(broken)).code()).isEqualTo(FaultCode.WIRE_FORMAT);
  }

  @Test
  void shouldFindSchemasByGuidWhereTheRegistryKnowsThem() {
    UUID guid = UUID.fromString("89791762-2336-4186-9674-299b90a802e2");
    assertThat(fault(() -> client().byGuid(guid)))
        .hasMessageContaining(guid.toString())
        .hasMessageContaining("older registries know no GUIDs");

    registry.knowGuid(guid, HEAD.toString());
    SchemaRegistryClient client = client();
    client.byGuid(guid);
    assertThat(client.byGuid(guid)).isEqualTo(HEAD);
    assertThat(registry.requests()).hasSize(2);
  }
}
