using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Paddock.Core.Metrics;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>Tallies, and what of a task stands in them, as JSON. Members that are not known are passed over, so that a count may be given up.</summary>
internal static class TallyDocument
{
    /// <summary>In the order of <see cref="TaskCount"/>.</summary>
    public static readonly ImmutableArray<string> Names = [.. Enum.GetNames<TaskCount>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public static string Of(Tally tally) => Text(json => Write(json, tally));

    public static Tally Read(string json) => TallyReader.Read(Encoding.UTF8.GetBytes(json));

    public static string Of(IEnumerable<TallyShare> shares) => Text(json =>
    {
        json.WriteStartArray();
        foreach (var share in shares)
        {
            json.WriteStartObject();
            json.WriteNumber("at", share.Hour.ToMicros());
            if (share.IsEnd)
            {
                json.WriteBoolean("end", true);
            }

            if (share.ByPerson)
            {
                json.WriteBoolean("byPerson", true);
            }

            Write(json, share.Place);
            json.WritePropertyName("tally");
            Write(json, share.Tally);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static ImmutableArray<TallyShare> Shares(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.EnumerateArray().Select(static one => new TallyShare(one.GetProperty("at").GetInt64().ToTime(), Place(one), TallyReader.Read(JsonMarshal.GetRawUtf8Value(one.GetProperty("tally"))))
            {
                IsEnd = one.TryGetProperty("end", out _),
                ByPerson = one.TryGetProperty("byPerson", out _),
            }),
        ];
    }

    private static void Write(Utf8JsonWriter json, Tally tally)
    {
        json.WriteStartObject();
        for (var i = 0; i < Names.Length; i++)
        {
            if (tally[(TaskCount)i] is not 0 and var count)
            {
                json.WriteNumber(Names[i], count);
            }
        }

        Write(json, tally.People);
        Write(json, "cycle", tally.Cycle);
        Write(json, "waited", tally.Waited);
        Write(json, "squares", tally.EndedCostSquares);
        Write(json, "succeededSquares", tally.SucceededCostSquares);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PeopleCount people)
    {
        if (people.IsMany)
        {
            json.WriteBoolean("many", true);
            return;
        }

        json.WriteStartArray("people");
        foreach (var (person, times) in people.Shares)
        {
            json.WriteNumberValue(person);
            json.WriteNumberValue(times);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        if (value != 0)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, Dictionary<int, long> bins)
    {
        if (bins.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var (bin, count) in bins)
        {
            json.WriteNumberValue(bin);
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, MetricPlace place)
    {
        json.WriteStartArray("teams");
        foreach (var team in place.Teams)
        {
            json.WriteStringValue(team);
        }

        json.WriteEndArray();
        foreach (var (name, value) in new[] { ("mode", place.Mode), ("provider", place.Provider), ("model", place.Model), ("agent", place.Agent), ("repository", place.Repository), ("release", place.Release), ("person", place.Person) })
        {
            if (value is not null)
            {
                json.WriteString(name, value);
            }
        }
    }

    private static MetricPlace Place(JsonElement one)
    {
        return new()
        {
            Teams = [.. one.GetProperty("teams").EnumerateArray().Select(static team => team.GetString()!)], // written by us
            Mode = Get("mode"),
            Provider = Get("provider"),
            Model = Get("model"),
            Agent = Get("agent") ?? "unknown",
            Repository = Get("repository"),
            Release = Get("release"),
            Person = Get("person") ?? "",
        };

        string? Get(string name) => one.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
