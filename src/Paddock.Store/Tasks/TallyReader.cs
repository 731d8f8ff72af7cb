using System.Collections.Frozen;
using System.Text.Json;
using Paddock.Core.Metrics;

namespace Paddock.Store.Tasks;

/// <summary>Reads tallies as <see cref="TallyDocument"/> writes them: an overview reads thousands.</summary>
internal static class TallyReader
{
    private static readonly FrozenDictionary<string, TaskCount> byName = TallyDocument.Names.Select(static (name, at) => KeyValuePair.Create(name, (TaskCount)at)).ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, TaskCount>.AlternateLookup<ReadOnlySpan<char>> lookup = byName.GetAlternateLookup<ReadOnlySpan<char>>();

    public static Tally Read(ReadOnlySpan<byte> json)
    {
        var tally = new Tally();
        var reader = new Utf8JsonReader(json);
        Span<char> name = stackalloc char[64];
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var known = reader.ValueSpan.Length <= name.Length ? name[..reader.CopyString(name)] : [];
            reader.Read();
            if (lookup.TryGetValue(known, out var count))
            {
                tally[count] = reader.GetInt64();
            }
            else
            {
                ReadOther(ref reader, known, tally);
            }
        }

        return tally;
    }

    private static void ReadOther(ref Utf8JsonReader reader, scoped ReadOnlySpan<char> name, Tally tally)
    {
        switch (name)
        {
            case "cycle":
                ReadBins(ref reader, tally.Cycle);
                break;
            case "waited":
                ReadBins(ref reader, tally.Waited);
                break;
            case "people":
                ReadPeople(ref reader, tally.People);
                break;
            case "many":
                tally.People.BecomeMany();
                break;
            case "squares":
                tally.EndedCostSquares = reader.GetDouble();
                break;
            case "succeededSquares":
                tally.SucceededCostSquares = reader.GetDouble();
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static void ReadPeople(ref Utf8JsonReader reader, PeopleCount people)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.Number)
        {
            var person = reader.GetUInt32();
            reader.Read();
            people.Add(person, reader.GetInt64());
        }
    }

    private static void ReadBins(ref Utf8JsonReader reader, Dictionary<int, long> bins)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.Number)
        {
            var bin = reader.GetInt32();
            reader.Read();
            bins[bin] = reader.GetInt64();
        }
    }
}
