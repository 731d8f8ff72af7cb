namespace Paddock.Core.Approvals;

/// <summary>The rules of approvals: a command and a moment in, what follows out. Refuses in a fixed order, so that the reason is always the first that holds.</summary>
public static class ApprovalMachine
{
    /// <summary>Who decides when nobody does.</summary>
    public const string Clock = "system:clock";

    /// <summary>Who takes an approval back when those who gave it may no longer.</summary>
    public const string Directory = "system:directory";

    /// <summary>Begins a request.</summary>
    public static ApprovalOutcome Open(ApprovalRequest request, ApprovalId id, DateTimeOffset now) =>
        Check(request) is { } refusal ? Refused(refusal) : Changed(
            new()
            {
                Id = id,
                Kind = request.Kind,
                Digest = request.Subject.Digest,
                Shape = request.Subject.Shape,
                Requester = request.Requester,
                Chain = request.Chain,
                SelfAcknowledgement = request.SelfAcknowledgement,
                Offer = request.Offer,
                Brief = request.Brief,
                CreatedAt = now,
                ExpiresAt = now + request.Ttl,
                UseWithin = request.UseWithin,
                StepSince = now,
            },
            ApprovalChange.Requested);

    public static ApprovalOutcome Apply(Approval approval, ApprovalCommand command, DateTimeOffset now) => command switch
    {
        ApprovalCommand.Vote vote => Voting.Apply(approval, vote, now),
        ApprovalCommand.Consume consume => Consuming.Apply(approval, consume, now),
        ApprovalCommand.Lapse => Lapse(approval, now),
        ApprovalCommand.Cancel cancel => Cancel(approval, cancel, now),
        ApprovalCommand.Revoke revoke => Revoke(approval, revoke, now),
        _ => throw new InvalidOperationException("A command is one of its cases."),
    };

    /// <summary>The reason of an approval that one who gave it may give no longer.</summary>
    public static string Withdrawn(string voter) => $"{voter} may no longer approve this.";

    internal static ApprovalOutcome Changed(Approval approval, ApprovalChange what) => new ApprovalOutcome.Changed(approval, what);

    internal static ApprovalOutcome Refused(ApprovalRefusal reason) => new ApprovalOutcome.Refused(reason);

    /// <summary>Why a request cannot be asked, nor join another; null when it can.</summary>
    public static ApprovalRefusal? Check(ApprovalRequest request) => request switch
    {
        { SelfAcknowledgement: false, Chain.Steps: [] } => ApprovalRefusal.NobodyAsked,
        { Brief.Characters: > ApprovalBrief.MostCharacters } => ApprovalRefusal.TooLarge,
        { Offer: { } offer } when offer.MaxUses is < 1 or > GrantOffer.MostUses || offer.Ttl <= TimeSpan.Zero || !CoversItself(request, offer) => ApprovalRefusal.BadGrant,
        _ when request.Chain.Steps.SelectMany(step => step.DistinctFrom).Any(party => request.Requester.Find(party, request.Kind) is null) => ApprovalRefusal.UnknownParty,
        _ => null,
    };

    /// <summary>A grant is of the kind of call that asks for it; otherwise a call would join a grant that it is not covered by.</summary>
    private static bool CoversItself(ApprovalRequest request, GrantOffer offer) =>
        request.Brief is { Opaque: false, Argv: [var argv] } && offer.Covers(new(request.Subject, request.Brief.Repository, argv));

    private static ApprovalOutcome Lapse(Approval approval, DateTimeOffset now)
    {
        if (!approval.IsOpen || now < approval.DueAt)
        {
            return Refused(ApprovalRefusal.NotDue);
        }

        return IsOver(approval, now)
            ? Changed(Ended(approval, ApprovalState.Expired, Clock, reason: null, now), ApprovalChange.Expired)
            : Changed(approval with { Escalated = true }, ApprovalChange.Escalated);
    }

    /// <summary>Whether its time has run out, be it written down or not.</summary>
    internal static bool IsOver(Approval approval, DateTimeOffset now) =>
        now >= approval.ExpiresAt || (now >= approval.DueAt && approval.Chain.Steps[approval.CurrentStep].EscalateTo is null);

    private static ApprovalOutcome Cancel(Approval approval, ApprovalCommand.Cancel cancel, DateTimeOffset now) => approval switch
    {
        { State: not ApprovalState.Pending } => Refused(ApprovalRefusal.NotPending),
        _ when IsOver(approval, now) => Refused(ApprovalRefusal.NotPending),
        _ when !approval.Requester.IsSelf(cancel.By) => Refused(ApprovalRefusal.NotTheRequester),
        _ => Changed(Ended(approval, ApprovalState.Cancelled, cancel.By.Value, cancel.Reason, now), ApprovalChange.Cancelled),
    };

    private static ApprovalOutcome Revoke(Approval approval, ApprovalCommand.Revoke revoke, DateTimeOffset now) => approval.State is ApprovalState.Approved
        ? Changed(Ended(approval, ApprovalState.Revoked, revoke.By, revoke.Reason, now), ApprovalChange.Revoked)
        : Refused(ApprovalRefusal.NotApproved);

    internal static Approval Ended(Approval approval, ApprovalState state, string by, string? reason, DateTimeOffset now) =>
        approval with { State = state, DecidedBy = by, DecidedAt = now, Reason = reason };
}
