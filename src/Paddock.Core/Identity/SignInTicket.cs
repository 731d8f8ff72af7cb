namespace Paddock.Core.Identity;

/// <summary>What a ticket is good for.</summary>
public enum TicketKind
{
    /// <summary>A session for an agent in an editor; the browser takes it back there.</summary>
    Extension,

    /// <summary>Choosing the password of a local account, or showing who one is at the identity provider.</summary>
    Invitation,

    /// <summary>A session for a machine that waits until somebody signs in elsewhere (RFC 8628).</summary>
    Device,
}

/// <summary>Something that may be used once, by whoever has its text, until it expires.</summary>
public sealed record SignInTicket
{
    /// <summary>Of its text, which is nowhere.</summary>
    public required KeyHash Hash { get; init; }

    public required TicketKind Kind { get; init; }

    /// <summary>Whose it is; null for a device's while nobody has said yes.</summary>
    public PrincipalId? Principal { get; init; }

    /// <summary>Unique among those of its kind: the code that people type, or a hash of the state that a client sent. Null = nothing.</summary>
    public string? Code { get; init; }

    /// <summary>What asks, as people and the audit log read it.</summary>
    public required string Client { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>What became of a device that asks again (RFC 8628 §3.5).</summary>
public abstract record DeviceAnswer
{
    private DeviceAnswer()
    {
    }

    public sealed record Pending : DeviceAnswer;

    /// <summary>It asks more often than it was told to.</summary>
    public sealed record TooSoon : DeviceAnswer;

    public sealed record Denied : DeviceAnswer;

    /// <summary>Unknown, used or too old.</summary>
    public sealed record Expired : DeviceAnswer;

    public sealed record Granted(PrincipalId To, string Client) : DeviceAnswer;
}
