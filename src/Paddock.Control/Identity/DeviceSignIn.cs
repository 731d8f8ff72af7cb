using System.Security.Cryptography;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>A device that waits for somebody to sign in elsewhere (RFC 8628 §3.2).</summary>
/// <param name="DeviceCode">What it asks with.</param>
/// <param name="UserCode">What a person types or compares: <c>XXXX-XXXX</c>.</param>
public sealed record DeviceRequest(Secret DeviceCode, string UserCode, TimeSpan Lasts, TimeSpan Interval);

/// <summary>
/// The sign-in of machines without a browser of their own (RFC 8628): the machine shows a code, a person who is signed in somewhere compares
/// it and says yes, and the machine gets a session of theirs.
/// </summary>
public sealed class DeviceSignIn(ISignInStore accounts, Sessions sessions, IIdentities identities, Pepper pepper, TimeProvider time)
{
    /// <summary>No vowels, so that no words come out, and nothing that looks like a digit (RFC 8628 §6.1): 20^8 codes, some 34 bits.</summary>
    private const string Letters = "BCDFGHJKLMNPQRSTVWXZ";
    private const int LongestName = 60, MostAtOnce = 20, MostInAll = 600;

    private static readonly TimeSpan lasts = TimeSpan.FromMinutes(10), interval = TimeSpan.FromSeconds(5);

    /// <summary>Anybody may begin, and each takes a row for ten minutes: so many of one address, three a minute later on, and so many of all, one a second.</summary>
    private readonly Allowance ofOne = new(MostAtOnce, TimeSpan.FromSeconds(20), time), ofAll = new(MostInAll, TimeSpan.FromSeconds(1), time);

    /// <param name="name">The machine, as it calls itself; whoever says yes is told that this is what it says.</param>
    /// <param name="source">Address; null when it is not known.</param>
    public async Task<Outcome<DeviceRequest>> BeginAsync(string name, string? source, CancellationToken cancellationToken)
    {
        if (!Names.IsLabel(name, LongestName))
        {
            return new Outcome<DeviceRequest>.Invalid("device_name", $"A device's name is one line of 1 to {LongestName} characters.");
        }

        if ((ofOne.TryTake(RequestSource.Counted(source)) ?? ofAll.TryTake("")) is not null)
        {
            return new Outcome<DeviceRequest>.Conflict("Too many machines sign in at this moment. Try again in a minute.");
        }

        var (now, code, secret) = (time.GetUtcNow(), RandomNumberGenerator.GetString(Letters, 8), KeyToken.CreateSessionSecret(RandomNumberGenerator.GetBytes(40)));
        var ticket = new SignInTicket { Hash = KeyHash.Compute(secret.Reveal(), pepper), Kind = TicketKind.Device, Code = code, Client = name, ExpiresAt = now + lasts };
        return await accounts.AddTicketAsync(ticket, now, cancellationToken)
            ? new Outcome<DeviceRequest>.Done(new(secret, $"{code[..4]}-{code[4..]}", lasts, interval))
            : new Outcome<DeviceRequest>.Conflict("Try again."); // the same code twice in ten minutes
    }

    /// <summary>What the machine with this code calls itself. Null when none waits with it.</summary>
    public async Task<string?> FindAsync(string code, CancellationToken cancellationToken) =>
        CodeOf(code) is { } wanted ? (await accounts.FindDeviceAsync(wanted, time.GetUtcNow(), cancellationToken))?.Client : null;

    /// <summary>A person who has signed in says yes or no.</summary>
    public async Task<Outcome<bool>> AnswerAsync(Actor actor, string code, bool yes, CancellationToken cancellationToken)
    {
        if (PersonSignedIn.Of(actor, identities.Current, time.GetUtcNow()) is not { } person)
        {
            return new Outcome<bool>.NotAllowed(PersonSignedIn.Rule);
        }

        return CodeOf(code) is { } wanted && await accounts.AnswerDeviceAsync(wanted, person.Id, yes, time.GetUtcNow(), cancellationToken)
            ? new Outcome<bool>.Done(yes)
            : new Outcome<bool>.NotFound("No machine waits with this code: it was mistyped, used, or is older than ten minutes.");
    }

    /// <summary>The machine asks whether somebody has said yes, and gets its session then.</summary>
    /// <param name="source">Address; null when it is not known.</param>
    public async Task<(DeviceAnswer Answer, NewSession? Session)> PollAsync(string deviceCode, string? source, CancellationToken cancellationToken)
    {
        var answer = KeyToken.IsSessionSecret(deviceCode) ? await accounts.PollDeviceAsync(KeyHash.Compute(deviceCode, pepper), time.GetUtcNow(), interval, cancellationToken) : new DeviceAnswer.Expired();
        if (answer is not DeviceAnswer.Granted granted)
        {
            return (answer, null);
        }

        return await sessions.StartAsync(granted.To, SessionClient.Device, granted.Client, source, passwordHash: null, cancellationToken) is { } made ? (answer, made) : (new DeviceAnswer.Denied(), null);
    }

    /// <summary>The code as the machine shows it; null when it can be none. People leave out the hyphen, or write it small.</summary>
    public static string? Shown(string typed) => CodeOf(typed) is { } code ? $"{code[..4]}-{code[4..]}" : null;

    private static string? CodeOf(string typed)
    {
        var code = new string([.. typed.Where(char.IsLetter)]).ToUpperInvariant();
        return code.Length == 8 && code.All(letter => Letters.Contains(letter, StringComparison.Ordinal)) ? code : null;
    }
}
