using System.Text.Json;

namespace Paddock.Control.Tests;

/// <summary>Bodies that leave out what may be left out.</summary>
public sealed class InputTests
{
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

    private static T Read<T>(string body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => JsonSerializer.Deserialize(body, type)!; // none of them is null
}
