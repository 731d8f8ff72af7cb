namespace Paddock.Core.Audit.Masking;

/// <summary>A place in a text that must not be kept.</summary>
/// <param name="Kind">One of <see cref="MaskKinds"/>.</param>
internal readonly record struct Finding(int Start, int Length, string Kind)
{
    public int End => Start + Length;
}
