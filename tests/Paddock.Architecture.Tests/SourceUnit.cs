using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Paddock.Architecture.Tests;

/// <summary>One C# file, parsed but not compiled.</summary>
internal sealed class SourceUnit(string path, string text)
{
    private readonly Lazy<CompilationUnitSyntax> root = new(() => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot());

    /// <summary>Relative to the repository, with forward slashes.</summary>
    public string Path { get; } = path;

    public CompilationUnitSyntax Root => root.Value;

    /// <summary>The project's folder name: <c>Paddock.Core</c>.</summary>
    public string Project => Path.Split('/') is [_, var project, _, ..] ? project : "";

    /// <summary>The namespace its folder asks for.</summary>
    public string FolderNamespace => string.Join('.', Path.Split('/')[1..^1]);

    public int Lines { get; } = text.AsSpan().Count('\n');

    public IEnumerable<BaseTypeDeclarationSyntax> TopLevelTypes =>
        Nodes<BaseTypeDeclarationSyntax>().Where(t => t.Parent is not BaseTypeDeclarationSyntax);

    public IEnumerable<T> Nodes<T>()
        where T : SyntaxNode => Root.DescendantNodes().OfType<T>();

    public IEnumerable<SyntaxTrivia> Trivia => Root.DescendantTrivia(descendIntoTrivia: false);

    public static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    public static int LineOf(SyntaxTrivia trivia) => trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>Lines from the first word of a declaration to its last brace; documentation comments do not count.</summary>
    public static int LengthOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    public override string ToString() => Path;
}
