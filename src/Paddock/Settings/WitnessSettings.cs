using System.Net;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Models;

namespace Paddock.Settings;

/// <summary>A witness of the audit log.</summary>
/// <param name="Address">Its submission prefix, with a slash at its end.</param>
/// <param name="Key">What its cosignatures are checked with.</param>
internal sealed record WitnessSettings(Uri Address, VerifierKey Key)
{
    /// <summary>Reads pairs of an address and a key.</summary>
    public static List<WitnessSettings> Bind(SettingsBinder binder)
    {
        var (words, witnesses) = (binder.List(KnownSettings.AuditWitness) ?? [], new List<WitnessSettings>());
        if (words.Count % 2 != 0)
        {
            binder.Fault(KnownSettings.AuditWitness, "A witness is an address and its key, a blank between them: https://witness.example witness.example+1a2b3c4d+B….");
            return witnesses;
        }

        foreach (var pair in words.Chunk(2))
        {
            if (AddressOf(pair[0]) is not { } address)
            {
                binder.Fault(KnownSettings.AuditWitness, $"'{pair[0]}' is no http or https address that may be called.");
            }
            else if (VerifierKey.Parse(pair[1]) is not { Algorithm: NoteAlgorithm.Cosignature } key)
            {
                binder.Fault(KnownSettings.AuditWitness, $"'{pair[1]}' is no key of a witness; expected name+hex+base64, as the witness prints it and has at /vkey.");
            }
            else if (witnesses.Exists(known => known.Key.Equals(key)))
            {
                binder.Fault(KnownSettings.AuditWitness, $"The witness {key.Name} is there twice.");
            }
            else
            {
                witnesses.Add(new(address, key));
            }
        }

        return witnesses;
    }

    private static Uri? AddressOf(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address is { UserInfo: "", Query: "", Fragment: "" }
            && !EgressRule.IsForbidden(address.DnsSafeHost) && !(IPAddress.TryParse(address.DnsSafeHost, out var literal) && EgressRule.IsForbidden(literal))
            ? address : null;
}
