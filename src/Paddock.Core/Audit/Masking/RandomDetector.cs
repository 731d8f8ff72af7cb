namespace Paddock.Core.Audit.Masking;

/// <summary>Text that only chance can have made and that is as long as keys are. What is longer is data, and what public things are called is left.</summary>
internal static class RandomDetector
{
    private const int Least = 32, Most = 128;

    /// <summary>AWS' secret keys: 40 characters of base64.</summary>
    private const int AwsSecret = 40;

    /// <summary>Ids that providers of models give, digests, public keys.</summary>
    private static readonly string[] harmless =
        ["chatcmpl-", "chatcmpl_", "toolu_", "srvtoolu_", "call_", "msg_", "resp_", "req_", "fc_", "rs_", "gen-", "sha256-", "sha384-", "sha512-", "AAAA", "key_", "dec_", "apr_", "task_", "con_", "dek_"];

    public static void Find(ReadOnlySpan<char> text, List<Finding> into)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = CharSets.Run(text[at..], TokenChars.Base64Body);
            if (length is >= Least and <= Most && IsSecret(text, at, length))
            {
                into.Add(new(at, length, MaskKinds.Random));
            }

            at += length + 1;
        }
    }

    private static bool IsSecret(ReadOnlySpan<char> text, int at, int length)
    {
        var run = text.Slice(at, length);
        if (!RandomText.IsMixed(run) || !RandomText.LooksRandom(run) || IsHarmless(run) || (at > 0 && text[at - 1] is '.' or '%' or ':'))
        {
            return false;
        }

        return run.ContainsAny("+/") ? length == AwsSecret : !IsWrapped(text, at, length);
    }

    private static bool IsHarmless(ReadOnlySpan<char> run)
    {
        foreach (var beginning in harmless)
        {
            if (run.StartsWith(beginning, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One line of several: data, such as a certificate or an image.</summary>
    private static bool IsWrapped(ReadOnlySpan<char> text, int at, int length) =>
        length >= 60 && (at == 0 || text[at - 1] is '\n') && at + length < text.Length && text[at + length] is '\n' or '\r' && CharSets.Run(text[(at + length)..].TrimStart("\r\n"), TokenChars.Base64Body) >= 16;
}
