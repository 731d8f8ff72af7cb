using System.Text.Json;

namespace Paddock.Control.Access;

/// <summary>How several questions are gone through.</summary>
internal enum AccessSemantic
{
    ExecuteAll,
    DenyOnFirstDeny,
    PermitOnFirstPermit,
}

/// <summary>The body of <c>/access/v1/evaluations</c>.</summary>
/// <param name="Root">What stands beside the questions holds for those that do not say otherwise.</param>
/// <param name="Items">Empty = the root is the one question.</param>
internal sealed record AccessQuestions(JsonElement Root, IReadOnlyList<JsonElement> Items, AccessSemantic Semantic)
{
    /// <summary>Questions at once.</summary>
    public const int Most = 100;

    /// <param name="fault">What is wrong with it as a whole, for people.</param>
    /// <returns>Null when it is at fault.</returns>
    public static AccessQuestions? Read(JsonElement root, out string fault)
    {
        var items = AccessQuestion.Member(root, "evaluations");
        var options = AccessQuestion.Member(root, "options");
        var said = options is { ValueKind: JsonValueKind.Object } found ? AccessQuestion.Member(found, "evaluations_semantic") : null;
        AccessSemantic? semantic = said is null ? AccessSemantic.ExecuteAll : said is not { ValueKind: JsonValueKind.String } text ? null : text.GetString() switch
        {
            "execute_all" => AccessSemantic.ExecuteAll,
            "deny_on_first_deny" => AccessSemantic.DenyOnFirstDeny,
            "permit_on_first_permit" => AccessSemantic.PermitOnFirstPermit,
            _ => null,
        };
        fault = items switch
        {
            { ValueKind: not JsonValueKind.Array } => "evaluations is no list.",
            { } list when list.GetArrayLength() > Most => $"evaluations has more than {Most} items.",
            _ when options is { ValueKind: not JsonValueKind.Object } => "options is no object.",
            _ when semantic is null => "options.evaluations_semantic is none of execute_all, deny_on_first_deny, permit_on_first_permit.",
            _ => "",
        };
        return fault.Length == 0 ? new(root, items is { } all ? [.. all.EnumerateArray()] : [], semantic ?? AccessSemantic.ExecuteAll) : null;
    }

    /// <summary>Whether the answer so far settles the rest.</summary>
    public bool EndsWith(AccessAnswer answer) => Semantic switch
    {
        AccessSemantic.DenyOnFirstDeny => !answer.Decision,
        AccessSemantic.PermitOnFirstPermit => answer.Decision,
        _ => false,
    };
}
