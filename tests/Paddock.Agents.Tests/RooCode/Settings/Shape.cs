using System.Text.Json;
using System.Text.RegularExpressions;

namespace Paddock.Agents.Tests.RooCode.Settings;

/// <summary>Says what of a JSON value is not as a client's schema wants it.</summary>
internal delegate void Shape(JsonElement value, string path, List<string> faults);

/// <summary>The words that schemas are made of. A member that the schema does not know is a fault too: clients drop it, so that saying it means nothing.</summary>
internal static class Shapes
{
    public static Shape Flag { get; } = Kind("a flag", JsonValueKind.True, JsonValueKind.False);

    public static Shape Anything { get; } = static (_, _, _) => { };

    public static Shape Text { get; } = Kind("a text", JsonValueKind.String);

    public static Shape Number { get; } = Kind("a number", JsonValueKind.Number);

    public static Shape Url { get; } = (value, path, faults) => Check(value.ValueKind is JsonValueKind.String && Uri.TryCreate(value.GetString(), UriKind.Absolute, out _), path, "an address", faults);

    public static Shape Whole(int least) => (value, path, faults) => Check(value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least, path, $"a whole number from {least}", faults);

    public static Shape Between(double least, double most) => (value, path, faults) => Check(value.ValueKind is JsonValueKind.Number && value.GetDouble() >= least && value.GetDouble() <= most, path, $"a number from {least} to {most}", faults);

    public static Shape Like(string pattern) => (value, path, faults) => Check(value.ValueKind is JsonValueKind.String && Regex.IsMatch(value.GetString()!, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)), path, $"a text like {pattern}", faults); // a text

    public static Shape OneOf(params string[] words) => (value, path, faults) => Check(value.ValueKind is JsonValueKind.String && words.Contains(value.GetString()), path, $"one of {string.Join(", ", words)}", faults);

    public static Shape List(Shape item) => (value, path, faults) =>
    {
        if (Check(value.ValueKind is JsonValueKind.Array, path, "a list", faults))
        {
            foreach (var (i, element) in value.EnumerateArray().Index())
            {
                item(element, $"{path}[{i}]", faults);
            }
        }
    };

    public static Shape Record(Shape each) => (value, path, faults) =>
    {
        if (Check(value.ValueKind is JsonValueKind.Object, path, "an object", faults))
        {
            foreach (var member in value.EnumerateObject())
            {
                each(member.Value, $"{path}.{member.Name}", faults);
            }
        }
    };

    public static Shape Either(params Shape[] shapes) => (value, path, faults) =>
    {
        var tries = shapes.Select(shape =>
        {
            var found = new List<string>();
            shape(value, path, found);
            return found;
        }).ToList();
        if (tries.All(static found => found.Count > 0))
        {
            faults.AddRange(tries.MinBy(static found => found.Count)!); // at least one shape
        }
    };

    /// <param name="members">A name that ends in <c>?</c> may be left out.</param>
    public static Shape Members(params (string Name, Shape Shape)[] members) => (value, path, faults) =>
    {
        if (!Check(value.ValueKind is JsonValueKind.Object, path, "an object", faults))
        {
            return;
        }

        var known = members.ToDictionary(static member => member.Name.TrimEnd('?'), static member => member.Shape);
        foreach (var member in value.EnumerateObject())
        {
            if (known.TryGetValue(member.Name, out var shape))
            {
                shape(member.Value, $"{path}.{member.Name}", faults);
            }
            else
            {
                faults.Add($"{path}.{member.Name}: not of the schema");
            }
        }

        faults.AddRange(members.Where(member => !member.Name.EndsWith('?') && !value.TryGetProperty(member.Name, out _)).Select(member => $"{path}.{member.Name}: missing"));
    };

    public static IReadOnlyList<string> FaultsIn(this Shape shape, string json)
    {
        using var document = JsonDocument.Parse(json);
        var faults = new List<string>();
        shape(document.RootElement, "$", faults);
        return faults;
    }

    public static void ShouldBe(this string json, Shape shape) => shape.FaultsIn(json).ShouldBeEmpty(json);

    private static Shape Kind(string expected, params JsonValueKind[] kinds) => (value, path, faults) => Check(kinds.Contains(value.ValueKind), path, expected, faults);

    private static bool Check(bool holds, string path, string expected, List<string> faults)
    {
        if (!holds)
        {
            faults.Add($"{path}: expected {expected}");
        }

        return holds;
    }
}
