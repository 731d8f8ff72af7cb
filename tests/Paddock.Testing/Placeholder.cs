namespace Paddock.Testing;
