using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Paddock.Control.Tests;

/// <summary>Bodies that leave out what may be left out.</summary>
public sealed class InputTests
{
    public static TheoryData<Type> Inputs =>
        [.. typeof(ControlJson).GetCustomAttributesData().Where(static one => one.AttributeType == typeof(JsonSerializableAttribute)).Select(static one => (Type)one.ConstructorArguments[0].Value!).Where(static type => type.Name.EndsWith("Input", StringComparison.Ordinal) && type.GetConstructor([]) is not null)];

    /// <summary>The generated reader sets what is absent to null, whatever the property begins with.</summary>
    [Theory]
    [MemberData(nameof(Inputs))]
    public void What_a_property_begins_with_stays_when_a_body_leaves_it_out(Type type)
    {
        var info = ControlJson.Default.GetTypeInfo(type)!;
        var least = new JsonObject(info.Properties.Where(static one => one.IsRequired).Select(static one => KeyValuePair.Create<string, JsonNode?>(one.Name, Something(one.PropertyType))));

        var (read, begun) = (least.Deserialize(info)!, Activator.CreateInstance(type)!);

        type.GetProperties().Where(one => !IsAbsent(one.GetValue(begun)) && IsAbsent(one.GetValue(read))).Select(static one => one.Name).ShouldBeEmpty();
    }

    [Fact]
    public void An_incident_is_opened_without_scopes() =>
        Read("""{"title": "Nothing answers", "severity": "sev2", "etaSeconds": 600}""", ControlJson.Default.OpenIncidentInput).Scopes.ShouldBeEmpty();

    [Fact]
    public void A_run_is_begun_without_parameters() =>
        Read("""{"runbook": "backlog"}""", ControlJson.Default.RunInput).Parameters.ShouldBeEmpty();

    [Fact]
    public void A_postmortem_is_written_with_some_of_its_texts()
    {
        var input = Read("""{"version": 0, "summary": "It was the disk."}""", ControlJson.Default.PostmortemInput);

        (input.Summary, input.Impact, input.Timeline, input.Causes, input.WentWell).ShouldBe(("It was the disk.", "", "", "", ""));
        input.Actions.ShouldBeEmpty();
    }

    [Fact]
    public void A_call_is_explained_by_what_is_known_of_it()
    {
        var input = Read("""{"command": "ls"}""", ControlJson.Default.ExplainInput);

        (input.Paths.Count, input.Pins.Count, input.Facts.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void A_replay_compares_with_what_was_decided_then_where_nothing_else_is_said() =>
        Read("""{"release": "active"}""", ControlJson.Default.ReplayInput).Against.ShouldBe("recorded");

    private static JsonNode Something(Type type) => type switch
    {
        _ when type == typeof(string) => "a",
        _ when type == typeof(bool) => true,
        _ when type == typeof(DateTimeOffset) => "2026-11-27T12:00:00Z",
        _ when typeof(IEnumerable).IsAssignableFrom(type) => new JsonArray(),
        _ => 1,
    };

    /// <summary>Nothing, or an immutable array that was never made.</summary>
    private static bool IsAbsent(object? value) => value is null || value.GetType().GetProperty("IsDefault")?.GetValue(value) is true;

    private static T Read<T>(string body, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(body, type)!; // none of them is null
}
