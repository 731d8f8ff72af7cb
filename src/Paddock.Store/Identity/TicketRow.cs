using Paddock.Core.Identity;
using Paddock.Store.Dialects;

namespace Paddock.Store.Identity;

/// <summary>A ticket as a row.</summary>
internal sealed class TicketRow
{
    public byte[] Hash { get; init; } = [];

    public string Kind { get; init; } = "";

    public string? PrincipalId { get; init; }

    public string? Code { get; init; }

    public string Client { get; init; } = "";

    public bool Denied { get; init; }

    public long? PolledAt { get; init; }

    public long ExpiresAt { get; init; }

    public static string NameOf(TicketKind kind) => kind switch
    {
        TicketKind.Extension => "extension",
        TicketKind.Invitation => "invitation",
        _ => "device",
    };

    public static TicketRow From(SignInTicket ticket) => new()
    {
        Hash = ticket.Hash.ToArray(),
        Kind = NameOf(ticket.Kind),
        PrincipalId = ticket.Principal?.Value,
        Code = ticket.Code,
        Client = ticket.Client,
        ExpiresAt = ticket.ExpiresAt.ToMicros(),
    };

    public SignInTicket ToTicket(TicketKind kind) => new()
    {
        Hash = KeyHash.FromBytes(Hash),
        Kind = kind,
        Principal = PrincipalId is null ? null : Core.Identity.PrincipalId.Parse(PrincipalId),
        Code = Code,
        Client = Client,
        ExpiresAt = ExpiresAt.ToTime(),
    };
}
