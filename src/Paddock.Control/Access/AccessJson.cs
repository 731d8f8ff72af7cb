using System.Text.Json.Serialization;

namespace Paddock.Control.Access;

/// <summary>What AuthZEN's answers hold, by its own names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccessAnswer))]
[JsonSerializable(typeof(AccessAnswers))]
[JsonSerializable(typeof(AccessConfiguration))]
internal sealed partial class AccessJson : JsonSerializerContext;

/// <param name="Decision">Whether it may go forward.</param>
internal sealed record AccessAnswer(bool Decision, AccessContext? Context = null);

internal sealed record AccessAnswers(IReadOnlyList<AccessAnswer> Evaluations);

/// <param name="PolicyDecisionPoint">Its own address.</param>
internal sealed record AccessConfiguration(string PolicyDecisionPoint, string AccessEvaluationEndpoint, string AccessEvaluationsEndpoint);

/// <summary>Why, and what is to be done besides.</summary>
internal sealed record AccessContext
{
    /// <summary>The decision's id; the same for everybody who asks about the same call.</summary>
    public string? Id { get; init; }

    /// <summary>The same, by the name that the profile for access requests gives it.</summary>
    public string? EvaluationId { get; init; }

    /// <summary>denied, approval_required.</summary>
    public string? Reason { get; init; }

    /// <summary>For whoever asked: the release's own words.</summary>
    public IReadOnlyDictionary<string, string>? ReasonUser { get; init; }

    /// <summary>For operators only: rule and release.</summary>
    public IReadOnlyDictionary<string, string>? ReasonAdmin { get; init; }

    /// <summary>What the enforcement point must do besides, each with <c>type</c> and <c>id</c>.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>>? Obligations { get; init; }

    public AccessRequestHint? AccessRequest { get; init; }

    public AccessError? Error { get; init; }
}

/// <summary>The refusal ends when people say yes; the same question is asked again then.</summary>
/// <param name="Approval">What has been asked for already.</param>
/// <param name="ExpiresAt">Until then it can be decided.</param>
/// <param name="FormUrl">Where people decide it; null when that is not known.</param>
internal sealed record AccessRequestHint(string Approval, DateTimeOffset ExpiresAt, string? FormUrl);

/// <summary>Why one of several questions could not be decided.</summary>
/// <param name="Status">As HTTP has it.</param>
internal sealed record AccessError(int Status, string Message);
