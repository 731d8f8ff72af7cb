using System.Collections.Immutable;
using System.Text.Json;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Store.Dialects;

namespace Paddock.Store.Approvals;

/// <summary>An approval as a row.</summary>
internal sealed class ApprovalRow
{
    public const string Columns =
        """
        id, kind, state, revision, request_key AS RequestKey, grant_key AS GrantKey, digest, shape, requester, document, created_at AS CreatedAt, expires_at AS ExpiresAt,
        due_at AS DueAt, use_within AS UseWithin, step_since AS StepSince, escalated, granted, uses, max_uses AS MaxUses, decided_at AS DecidedAt, decided_by AS DecidedBy,
        reason, consumed_at AS ConsumedAt
        """;

    public string Id { get; init; } = "";

    public string Kind { get; init; } = "";

    public string State { get; init; } = "";

    public long Revision { get; init; }

    public string RequestKey { get; init; } = "";

    public string? GrantKey { get; init; }

    public string Digest { get; init; } = "";

    public string Shape { get; init; } = "";

    public string Requester { get; init; } = "";

    public bool AsksOthers { get; init; }

    public string Document { get; init; } = "";

    public long CreatedAt { get; init; }

    public long ExpiresAt { get; init; }

    public long DueAt { get; init; }

    public long UseWithin { get; init; }

    public long StepSince { get; init; }

    public bool Escalated { get; init; }

    public bool Granted { get; init; }

    public long Uses { get; init; }

    public long MaxUses { get; init; }

    public long? DecidedAt { get; init; }

    public string? DecidedBy { get; init; }

    public string? Reason { get; init; }

    public long? ConsumedAt { get; init; }

    public static ApprovalRow From(Approval approval, long revision, string requestKey, string? grantKey) => new()
    {
        Id = approval.Id.Value,
        Kind = Name(approval.Kind),
        State = Name(approval.State),
        Revision = revision,
        RequestKey = requestKey,
        GrantKey = grantKey,
        Digest = approval.Digest.Value,
        Shape = approval.Shape.Value,
        Requester = approval.Requester.Principal.Value,
        AsksOthers = approval.AsksOthers,
        Document = ApprovalDocument.Of(approval),
        CreatedAt = approval.CreatedAt.ToMicros(),
        ExpiresAt = approval.ExpiresAt.ToMicros(),
        DueAt = approval.DueAt.ToMicros(),
        UseWithin = approval.UseWithin.ToMicros(),
        StepSince = approval.StepSince.ToMicros(),
        Escalated = approval.Escalated,
        Granted = approval.Granted,
        Uses = approval.Uses,
        MaxUses = approval.MaxUses,
        DecidedAt = approval.DecidedAt?.ToMicros(),
        DecidedBy = approval.DecidedBy,
        Reason = approval.Reason,
        ConsumedAt = approval.ConsumedAt?.ToMicros(),
    };

    public Approval ToApproval(ImmutableArray<ApprovalVote> votes)
    {
        var document = ApprovalDocument.Read(Document);
        return new()
        {
            Id = ApprovalId.Parse(Id),
            Kind = Value<ApprovalKind>(Kind),
            Digest = SubjectDigest.Parse(Digest),
            Shape = SubjectDigest.Parse(Shape),
            Requester = new()
            {
                Principal = PrincipalId.Parse(Requester),
                Key = document.Key is { } key ? KeyId.Parse(key) : null,
                KeyOwner = document.KeyOwner is { } owner ? PrincipalId.Parse(owner) : null,
                Parties = document.Parties.ToImmutableDictionary(party => party.Key, party => PrincipalId.Parse(party.Value)),
            },
            Chain = document.Chain,
            SelfAcknowledgement = document.SelfAcknowledgement,
            Offer = document.Offer,
            Brief = document.Brief,
            State = Value<ApprovalState>(State),
            Votes = votes,
            CreatedAt = CreatedAt.ToTime(),
            ExpiresAt = ExpiresAt.ToTime(),
            UseWithin = UseWithin.ToSpan(),
            StepSince = StepSince.ToTime(),
            Escalated = Escalated,
            Granted = Granted,
            Uses = (int)Uses,
            MaxUses = (int)MaxUses,
            DecidedAt = DecidedAt?.ToTime(),
            DecidedBy = DecidedBy,
            Reason = Reason,
            ConsumedAt = ConsumedAt?.ToTime(),
        };
    }

    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static T Value<T>(string name)
        where T : struct, Enum => Enum.Parse<T>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
