using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Paddock.Gateway;

/// <summary>
/// Header values pass byte for byte: what is not ASCII (an organization's name, a path) is neither refused nor recoded, whatever its
/// encoding. Latin-1 is the text in which each byte is one character. Without it such a header of a client ends in a 400 or 502, and
/// such a header of a provider in a 500.
/// </summary>
public static class HeaderBytes
{
    /// <summary>Makes a server take and give header values so.</summary>
    public static KestrelServerOptions UseHeaderBytes(this KestrelServerOptions kestrel)
    {
        kestrel.RequestHeaderEncodingSelector = Encoding;
        kestrel.ResponseHeaderEncodingSelector = static _ => System.Text.Encoding.Latin1;
        return kestrel;
    }

    /// <summary>Latin-1 for what goes on to a provider; null, which is UTF-8, for what is said to Paddock and ends here.</summary>
    internal static Encoding? Encoding(string name) => name.StartsWith("X-Paddock-", StringComparison.OrdinalIgnoreCase) ? null : System.Text.Encoding.Latin1;
}
