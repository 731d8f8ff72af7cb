using System.Text.Json.Serialization;

namespace Paddock.Core.Policies.Authoring;

/// <summary>Something about a rule that is no fault and that its author should know.</summary>
/// <param name="Key">The key it is about, such as <c>spec.rules[0].match.commands[0][1]</c>.</param>
/// <param name="Message">In words for people: what is so, and what to do if it should not be.</param>
public sealed record RuleRemark(string Policy, string Rule, string File, int Line, string Key, RemarkKind Kind, string Message);

/// <summary>Closed set; the name in lower snake case is what is written.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RemarkKind>))]
public enum RemarkKind
{
    /// <summary>No test shows the rule matching.</summary>
    [JsonStringEnumMemberName("untested")]
    Untested,
    /// <summary>No test shows a call that it leaves alone.</summary>
    [JsonStringEnumMemberName("one_sided")]
    OneSided,
    /// <summary>A literal could be mistyped without a test failing.</summary>
    [JsonStringEnumMemberName("unpinned")]
    Unpinned,
    /// <summary>Another rule takes a part of its calls.</summary>
    [JsonStringEnumMemberName("shadowed")]
    Shadowed,
    /// <summary>It allows by what an agent says of itself, so only for keys that say so too.</summary>
    [JsonStringEnumMemberName("asserted")]
    Asserted,
}
